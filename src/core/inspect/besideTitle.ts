/**
 * What a headline says beside a title: without its first part where the title ends with that already. A headline stands alone in
 * lists and so names its artifact itself: `CN=Lab CA · 3 revoked certificates`, beside `CRL CN=Lab CA`.
 */
export function besideTitle(title: string, headline: string): string {
  const [first = "", ...others] = headline.split(" · ");
  return others.length > 0 && title.endsWith(` ${first}`) ? others.join(" · ") : headline;
}

/** Title and headline in one line; the headline alone where it begins with the title. */
export function titledHeadline(title: string, headline: string): string {
  return headline.startsWith(title) ? headline : `${title} · ${besideTitle(title, headline)}`;
}
