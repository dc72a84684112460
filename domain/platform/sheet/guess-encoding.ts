/** Encodings without a mark of their own, of which the bytes of a text look like one or the other. */
type Unmarked = 'gb18030' | 'big5' | 'shift_jis' | 'windows-1252'

interface Sign {
  lead: number
  trail: number
}

const within = (byte: number, first: number, last: number) => byte >= first && byte <= last

/** Letters, signs, the euro and quotation marks of Windows-1252. */
const latin = (byte: number) => byte === 0x80 || byte === 0x85 || within(byte, 0x91, 0x97) || byte >= 0xa0

const isAscii = (byte: number | undefined) => byte === undefined || byte < 0x80

/** The signs beyond ASCII, read as those of two bytes. */
function signsOf(bytes: Buffer): Sign[] {
  const signs: Sign[] = []
  for (let at = 0; at < bytes.length; at++) if (!isAscii(bytes[at])) signs.push({ lead: bytes[at]!, trail: bytes[++at] ?? 0 })
  return signs
}

/** Of the bytes beyond ASCII the share of those that stand alone, as umlauts and accents do in words of Latin letters. */
function shareAlone(bytes: Buffer): number {
  const beyond = [...bytes.keys()].filter((at) => !isAscii(bytes[at]))
  const alone = beyond.filter((at) => latin(bytes[at]!) && isAscii(bytes[at - 1]) && isAscii(bytes[at + 1]))
  return alone.length / Math.max(1, beyond.length)
}

/** Whether a sign is one of the usual ones of its encoding: punctuation, kana, and the characters of the first levels. */
const usual = {
  gb18030: ({ lead, trail }: Sign) => within(lead, 0xa1, 0xf7) && trail >= 0xa1,
  big5: ({ lead }: Sign) => within(lead, 0xa1, 0xc6),
  shift_jis: ({ lead }: Sign) => within(lead, 0x81, 0x83) || within(lead, 0x88, 0x97),
}

const mostlyAlone = 0.6
/** How many signs must be usual ones of another encoding than GBK, and by how much it must fit better: by far most files are GBK. */
const mostlyUsual = 0.7
const margin = 0.2

/**
 * The encodings in which the text of these bytes may be when it is not UTF-8, the likeliest first. Any of them reads most texts of the
 * others without a fault, as other signs: Müller in Windows-1252 is M黮ler when it is read as GBK.
 */
export function guessEncodings(head: Buffer): Unmarked[] {
  const signs = signsOf(head)
  const share = (is: (sign: Sign) => boolean) => signs.filter(is).length / Math.max(1, signs.length)
  const [gbk, big5, sjis] = [share(usual.gb18030), share(usual.big5), share(usual.shift_jis)]
  const fits = (other: number) => other > mostlyUsual && other > gbk + margin
  if (shareAlone(head) > mostlyAlone && !fits(big5)) return ['windows-1252', 'gb18030']
  if (!fits(big5) && !fits(sjis)) return ['gb18030']
  return [big5 > sjis ? 'big5' : 'shift_jis', 'gb18030']
}
