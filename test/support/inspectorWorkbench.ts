import { rm } from "node:fs/promises";
import path from "node:path";
import { type InspectorSamples, inspectorSamples } from "./inspectorSamples.js";
import { Workbench } from "./workbench.js";

/** VS Code with the samples of the inspector in its explorer. */
export interface InspectorWorkbench extends AsyncDisposable {
  readonly samples: InspectorSamples;
  readonly workbench: Workbench;
}

/** Makes the samples and opens their folder; closing it deletes them. @param prepare adds to the samples first */
export async function openInspectorSamples(
  prepare?: (samples: InspectorSamples) => Promise<void>,
): Promise<InspectorWorkbench> {
  const samples = await inspectorSamples();
  const remove = (): Promise<void> => rm(path.dirname(samples.folder), { recursive: true, force: true });
  try {
    await prepare?.(samples);
    const workbench = await Workbench.open({ folder: samples.folder, viewport: { width: 1440, height: 940 } });
    const close = async (): Promise<void> => {
      await workbench[Symbol.asyncDispose]();
      await remove();
    };
    await workbench.openSideBar("Explorer");
    return { samples, workbench, [Symbol.asyncDispose]: close };
  } catch (error) {
    await remove();
    throw error;
  }
}
