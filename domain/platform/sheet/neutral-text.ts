/**
 * Characters at the beginning of a cell by which spreadsheet programs take it for a formula, also in their full-width and
 * small forms and behind white space (OWASP: CSV injection).
 */
const formula = /^[ \u00a0\u3000\ufeff\u200b]*[\t\r\n=+\-@＝＋－＠﹢﹣﹦﹫]/

/** Text for a cell that no program will run: what begins as a formula gets an apostrophe in front. */
export const neutralText = (text: string): string => (formula.test(text) ? `'${text}` : text)

/** The text as it was before it was made neutral. */
export const plainText = (text: string): string => (text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text)
