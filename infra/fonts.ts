import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * The fonts of printed documents. Noto Sans SC has 30,000 glyphs and 10 MB a weight; nearly every document gets by with the characters
 * of GB 2312, the Latin letters and the signs of trade, which are cut out of it once per machine. The whole font lies beside them for
 * the one with a rare character in a name.
 */

const root = fileURLToPath(new URL('..', import.meta.url))
const weights = { regular: '400Regular/NotoSansSC_400Regular', bold: '600SemiBold/NotoSansSC_600SemiBold' }

/** What a function with printed documents carries: the weights by name, cut down and whole. */
export const fontFiles: string[] = Object.keys(weights).flatMap((name) => [`${name}.ttf`, `${name}-full.ttf`])

const range = (from: number, to: number): string => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('')

/** GB 2312 with its 6,763 characters, Latin with the accents of Europe, punctuation, currencies, units. */
function commonCharacters(): string {
  const decoder = new TextDecoder('gb2312')
  const rows = Array.from({ length: 0xf7 - 0xa1 + 1 }, (_, row) =>
    Array.from({ length: 94 }, (_, cell) => decoder.decode(Uint8Array.of(0xa1 + row, 0xa1 + cell))).join(''),
  )
  const signs = '‐‑–—―‘’‚“”„†‡•…‰′″‹›€₩₽₹₫₺℃℉№™Ωαβγμπ←↑→↓∅≈≠≤≥□■▲△○●☆★✓✔㎡㎜㎝㎞㎏㏄㎎㎖³²¹'
  return [range(0x20, 0x7e), range(0xa0, 0x17f), ...rows, signs].join('').replaceAll('\ufffd', '')
}

/** The folder that holds the fonts, made when it is not there: half a second, once per machine and version. */
export async function builtFonts(): Promise<string> {
  const characters = commonCharacters()
  const { version } = JSON.parse(readFileSync(`${root}node_modules/@expo-google-fonts/noto-sans-sc/package.json`, 'utf8'))
  const folder = `${root}node_modules/.cache/guanxi/fonts-${version}-${createHash('sha256').update(characters).digest('hex').slice(0, 12)}`
  if (existsSync(folder)) return folder
  const { default: subsetFont } = await import('subset-font')
  const making = `${folder}.${process.pid}`
  mkdirSync(making, { recursive: true })
  for (const [name, file] of Object.entries(weights)) {
    const whole = `${root}node_modules/@expo-google-fonts/noto-sans-sc/${file}.ttf`
    // Without features and hints: nobody reads them in a PDF, and text is laid out in half the time.
    const cut = await subsetFont(readFileSync(whole), characters, {
      targetFormat: 'sfnt',
      keepFeatures: [],
      noHinting: true,
      dropTables: ['vhea', 'vmtx', 'VORG', 'BASE', 'gasp', 'STAT'],
    })
    writeFileSync(`${making}/${name}.ttf`, cut)
    copyFileSync(whole, `${making}/${name}-full.ttf`)
  }
  try {
    renameSync(making, folder)
  } catch (error) {
    // Somebody else was faster.
    if (!existsSync(folder)) throw error
  }
  return folder
}
