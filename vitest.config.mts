import { defineConfig } from "vitest/config";

/** A folder under test/ is a project of its own name: `npx vitest run --project unit`. */
function project(
  name: string,
  settings: {
    testTimeout?: number;
    hookTimeout?: number;
    fileParallelism?: boolean;
    setupFiles?: string;
    expect?: { poll: { timeout: number } };
  } = {},
) {
  return {
    test: { name, include: [`test/${name}/**/*.test.ts`], environment: "node" as const, ...settings },
  };
}

export default defineConfig({
  test: {
    projects: [
      // A machine that has other things to do makes no test fail.
      project("unit", { testTimeout: 60_000, hookTimeout: 60_000 }),
      project("property", { testTimeout: 60_000 }),
      project("corpus", { testTimeout: 60_000 }),
      project("interop", { testTimeout: 60_000, hookTimeout: 60_000 }),
      // One VS Code at a time: two of them on two cores only make each other slow.
      project("ui", {
        testTimeout: 180_000,
        hookTimeout: 180_000,
        fileParallelism: false,
        setupFiles: "test/support/accountOfFailures.ts",
        expect: { poll: { timeout: 30_000 } },
      }),
    ],
    passWithNoTests: true,
  },
});
