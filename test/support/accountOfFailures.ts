import { afterEach } from "vitest";
import { Workbench } from "./workbench.js";

/** After a test that failed in VS Code, what was seen there: on another machine nothing else is left of it. */
afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  const accounts = await Promise.all([...Workbench.opened].map((workbench) => workbench.account()));
  console.error([`After the failure of “${task.name}”:`, ...accounts].join("\n"));
});
