/** No Postgres binaries come with this installation for this platform. */
export class NoPostgresForPlatform extends Error {
  readonly platform: string;

  constructor(platform: string, cause: unknown) {
    super(
      `No embedded Postgres is installed for ${platform}, or it cannot run here (musl is not supported): ` +
        `set DATABASE_URL to a Postgres server, or install again with optional dependencies on a supported platform.`,
      { cause },
    );
    this.name = "NoPostgresForPlatform";
    this.platform = platform;
  }
}

/** The data folder was made by another major version of Postgres, whose files this one cannot read. */
export class OtherMajorVersion extends Error {
  readonly folder: string;
  readonly found: string;
  readonly supported: string;

  constructor(folder: string, found: string, supported: string) {
    super(
      `The database in ${folder} was made by Postgres ${found}, and this release runs Postgres ${supported}: ` +
        `keep the release that made it, or move the folder away and restore a backup.`,
    );
    this.name = "OtherMajorVersion";
    this.folder = folder;
    this.found = found;
    this.supported = supported;
  }
}

/** The user that the database must run as cannot reach or read its folder. */
export class ClusterUnreachable extends Error {
  readonly folder: string;

  constructor(folder: string, reason: string, cause?: unknown) {
    super(`The database folder ${folder} cannot be used: ${reason}.`, { cause });
    this.name = "ClusterUnreachable";
    this.folder = folder;
  }
}

/** Something answers where our database should, but it is not ours. */
export class ForeignServer extends Error {
  readonly folder: string;

  constructor(folder: string, reason: string, cause?: unknown) {
    super(`The server that ${folder} points to is not its own: ${reason}.`, { cause });
    this.name = "ForeignServer";
    this.folder = folder;
  }
}

/** A Postgres program failed, did not become ready or did not stop; `output` is what it said last. */
export class EmbeddedPostgresFailed extends Error {
  readonly step: string;
  readonly output: string;

  constructor(step: string, output: string, cause?: unknown) {
    super(`The embedded Postgres failed at ${step}: ${output.trim() || "it said nothing"}`, { cause });
    this.name = "EmbeddedPostgresFailed";
    this.step = step;
    this.output = output;
  }
}
