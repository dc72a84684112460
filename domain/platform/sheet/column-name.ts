/** `A`, `B`, … `AA`: a column, counted from 0, as spreadsheets name it. */
export function columnName(at: number): string {
  const last = String.fromCharCode(65 + (at % 26))
  return at < 26 ? last : columnName(Math.floor(at / 26) - 1) + last
}

/** The column of a cell's name, from 0: `AB12` is 27; -1 for a name without letters. */
export function columnOf(name: string): number {
  let column = 0
  for (const char of name) {
    if (char < 'A' || char > 'Z') break
    column = column * 26 + char.charCodeAt(0) - 64
  }
  return column - 1
}
