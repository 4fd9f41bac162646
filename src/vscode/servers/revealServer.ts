import { revealRow } from "../revealRow.js";
import type { Services } from "../services.js";
import { type Server, serverKey } from "./server.js";

/** Opens *Servers* at a server, with what is known of it visible; the focus stays where it is. Nothing for one that is gone. */
export async function revealServer(services: Services, server: Server): Promise<void> {
  const { servers, serversTree, serversView } = services;
  const key = serverKey(server);
  const rows = await serversTree.getChildren();
  const row = rows.find((each) => each.server && serverKey(each.server) === key);
  if (!row) return;
  await revealRow(
    serversView,
    () => row,
    () => servers.refresh(),
    false,
  );
}
