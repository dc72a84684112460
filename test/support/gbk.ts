/** Text in GBK, as Chinese banks and older programs write their files: the decoder's own table, turned round. */
export function inGbk(text: string): Buffer {
  const decoder = new TextDecoder('gbk')
  const codes = new Map<string, [number, number]>()
  for (let high = 0x81; high <= 0xfe; high++)
    for (let low = 0x40; low <= 0xfe; low++) {
      const char = decoder.decode(Buffer.from([high, low]))
      if (char.length === 1 && !codes.has(char)) codes.set(char, [high, low])
    }
  return Buffer.from([...text].flatMap((char) => (char < '\x80' ? [char.charCodeAt(0)] : codes.get(char)!)))
}
