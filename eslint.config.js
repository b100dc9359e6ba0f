import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** Speak to packages that are installed beside this one, and of which nothing is known here. */
const foreignClients = "scripts/emulator-clients/clients/*.mjs";

export default defineConfig(
  { ignores: ["dist/", "node_modules/", ".tenantry/", "coverage/", "**/generated/"] },
  {
    files: ["**/*.{ts,tsx,mjs}"],
    ignores: [foreignClients],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "max-lines": ["error", { max: 400 }],
      "max-params": ["error", { max: 3 }],
      "no-console": "error",
      eqeqeq: "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      // Definitions are data with callbacks; a callback that needs no await may still be async by contract.
      "@typescript-eslint/require-await": "off",
    },
  },
  {
    files: ["**/*.ts"],
    ignores: ["core/i18n/format.ts", "core/calendar.ts", "test/**"],
    rules: {
      "no-restricted-globals": [
        "error",
        { name: "Intl", message: "One place formats: core/i18n/format.ts." },
      ],
    },
  },
  {
    files: ["**/*.js", "**/*.cjs", foreignClients],
    rules: { "max-lines": ["error", { max: 400 }], eqeqeq: "error" },
  },
);
