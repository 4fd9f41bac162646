/** A page of HTML. All texts are constants of this room; nothing of a request is ever shown. */
function page(title: string, paragraphs: readonly string[]): string {
  const body = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join("\n");
  return `<!DOCTYPE html>\n<html><head><title>${title}</title></head>\n<body>\n<h2>${title}</h2>\n${body}\n</body></html>\n`;
}

/** What a browser is shown at the SCEP address: NDES without a policy module answers with a page of this content. */
export function serviceIntroduction(adminUrl: string): string {
  return page("Network Device Enrollment Service", [
    "Network Device Enrollment Service allows you to obtain certificates for routers or other network devices using the Simple Certificate Enrollment Protocol (SCEP).",
    "This URL is used by network devices to submit certificate requests.",
    `To obtain an enrollment challenge password, go to the admin URL. By default, the admin URL is ${adminUrl}`,
    "For more information see Using Network Device Enrollment Service.",
  ]);
}

const errors = {
  400: ["Bad Request", "The request is not HTTP, or its header is too large."],
  404: ["Not Found", "There is nothing at this address, or its query is too long."],
  405: ["Method Not Allowed", "This address takes GET and POST only."],
  408: ["Request Timeout", "The request did not arrive in time."],
  413: ["Request Entity Too Large", "The message is larger than this server takes."],
  500: ["Internal Server Error", "The server could not answer this request; its log says why."],
} as const;

/** The statuses that have an error page. */
export type ErrorStatus = keyof typeof errors;

/** The reason phrase of an error. */
export function reasonPhrase(status: ErrorStatus): string {
  return errors[status][0];
}

/** An error page: HTML, as a web server answers where a SCEP client hopes for a pkiMessage. */
export function errorPage(status: ErrorStatus): string {
  const [reason, sentence] = errors[status];
  return page(`${status} - ${reason}`, [sentence]);
}
