/** Made by esbuild.config.mjs: the test files of this folder, found when bundling. */
declare module "host-suites" {
  export const suites: readonly { file: string; load: () => Promise<unknown> }[];
}
