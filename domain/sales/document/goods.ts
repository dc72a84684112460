const codeLength = 10
const mostProducts = 30
/** Stands for more products than a row should carry. */
const many = '*'

/** A product in few characters: the random end of its id. */
export const codeOfProduct = (productId: string): string => productId.slice(-codeLength)

/**
 * The products that lines name, in short, for the row of a document: so it is searched by them without reading its lines. Of a
 * document with more than 30 products its lines alone say them.
 */
export function goodsOf(lines: readonly { productId?: string | undefined }[]): string {
  const codes = [...new Set(lines.flatMap(({ productId }) => (productId ? [codeOfProduct(productId)] : [])))]
  return codes.length <= mostProducts ? codes.join('') : many
}

/** The products of a row, in short; undefined where only its lines say them. */
export function codesOf({ goods }: { goods?: string | undefined }): string[] | undefined {
  if (goods === undefined || goods === many) return undefined
  return Array.from({ length: goods.length / codeLength }, (_, i) => goods.slice(i * codeLength, (i + 1) * codeLength))
}

/** Whether a row names the product; undefined where only its lines say it. */
export const mayHold = (row: { goods?: string | undefined }, productId: string): boolean | undefined =>
  codesOf(row)?.includes(codeOfProduct(productId))
