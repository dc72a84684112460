/** An item of the table with its values as a program has them. */
export type Item = Record<string, unknown>

/** Where an item lies in the table. */
export type Key = { pk: string; sk: string }

/** That place as one text, to find what is known of an item by. */
export const placeOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`
