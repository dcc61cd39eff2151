// Runs before every entry, in plain JavaScript, because an older Node cannot even parse the files that follow.
// Node strips types without a flag from 22.18 on: https://nodejs.org/docs/latest-v24.x/api/typescript.html
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Node ${process.versions.node} is too old: this needs Node 24 (22.18 at least). \`npm ci\` brings Node 24 for Linux, Windows and Apple silicon; elsewhere install it from nodejs.org.`,
  );
  process.exit(1);
}
