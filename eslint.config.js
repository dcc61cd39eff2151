import tseslint from "typescript-eslint";

const LITERALS_ONLY =
  ":matches(Literal[raw=/^[0-9.]/], :matches(BinaryExpression, UnaryExpression):not(:has(:not(Literal, BinaryExpression, UnaryExpression))))";
const fixedSleep = [
  "CallExpression[callee.name=/^(setTimeout|pause|sleep|delay)$/]",
  "CallExpression[callee.property.name='setTimeout']",
].map((call) => ({
  selector: `${call} > ${LITERALS_ONLY}.arguments`,
  message: "No fixed sleeps in tests: wait for the condition (test/eventually.ts) or move the clock by hand.",
}));

export default tseslint.config(
  { ignores: ["node_modules", "dist", "data", "coverage"] },
  {
    files: ["src/**/*.ts", "test/**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-definitions": ["error", "type"],
      "@typescript-eslint/consistent-type-imports": "error",
      "no-console": "error",
    },
  },
  {
    files: ["src/cli/**/*.ts", "test/bench/**/*.ts"],
    rules: { "no-console": "off" },
  },
  {
    files: ["test/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", ...fixedSleep] },
  },
);
