import type { TransferField } from './transfer-kind.ts'

type Read = NonNullable<TransferField['read']>

/** A column with its headings in both languages, how its cells are read, and what else it is called. */
export const column = (name: string, en: string, zh: string, read?: Read, ...spellings: string[]): TransferField => ({
  name,
  label: { en, 'zh-CN': zh },
  ...(read ? { read } : {}),
  ...(spellings.length > 0 ? { spellings } : {}),
})

/** A column with a moment, for exports alone unless `read` says how it comes in. */
export const momentColumn = (name: string, en: string, zh: string, read?: Read, ...spellings: string[]): TransferField => ({
  ...column(name, en, zh, read, ...spellings),
  moment: true,
})

/** The same columns as parts of a field of the resource that is called otherwise. */
export const partsOfField = (of: string, fields: readonly TransferField[]): TransferField[] => fields.map((field) => ({ ...field, of }))

/** The field of the resource that a column shows. */
export const fieldOf = ({ of, name }: TransferField): string => of ?? name.split('.')[0]!

/** A column of which a sheet may have several: their values become one list. */
export const listColumn = (name: string, en: string, zh: string, read: Read, ...spellings: string[]): TransferField => ({
  ...column(name, en, zh, read, ...spellings),
  many: true,
})

/** The values of fields `<prefix>.<part>` by their part; undefined when there are none. */
export function partsOf(values: Record<string, unknown>, prefix: string): Record<string, unknown> | undefined {
  const parts = Object.entries(values).filter(([name]) => name.startsWith(`${prefix}.`))
  return parts.length > 0 ? Object.fromEntries(parts.map(([name, value]) => [name.slice(prefix.length + 1), value])) : undefined
}

/** The values of fields that are no part of anything. */
export const plainValues = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !name.includes('.') && name !== 'id'))
