/** Rows of a tree that come at once: with a report, and wherever a page looks next. */
export const rowsAtOnce = 200;

/** Bytes come in pieces of so many, each from a multiple of that on. */
export const bytesAPiece = 4096;
