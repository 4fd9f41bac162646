/** What stands at a path. */
export type Route = "scep" | "admin" | "redirect" | "identity" | undefined;

/** Where a responder of ours says what it is, so that a second one on its port can tell. NDES has nothing there. */
export const identityPath = "/scep-workbench";

/**
 * What NDES has at a path, compared without case as IIS does: its library with or without pkiclient.exe behind it, the
 * folders that have it for default document, and the folders without their slash, which IIS redirects.
 */
export function routeOf(path: string): Route {
  switch (path.toLowerCase()) {
    case "/certsrv/mscep/":
    case "/certsrv/mscep/mscep.dll":
    case "/certsrv/mscep/mscep.dll/":
    case "/certsrv/mscep/mscep.dll/pkiclient.exe":
      return "scep";
    case "/certsrv/mscep_admin/":
    case "/certsrv/mscep_admin/mscep.dll":
      return "admin";
    case "/certsrv/mscep":
    case "/certsrv/mscep_admin":
      return "redirect";
    case identityPath:
      return "identity";
    default:
      return undefined;
  }
}
