/**
 * A text of HTML or XML with its character references (`&amp;`, `&#20013;`, `&#x4e2d;`) as characters. Names that are not among
 * `named` stay as they are; a number that is no character is left out.
 */
export const withoutReferences = (text: string, named: ReadonlyMap<string, string>): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name) return named.get(name.toLowerCase()) ?? whole
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
