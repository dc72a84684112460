import { Problem } from '../../kernel/errors.ts'

export const mostRows = 100_000
export const mostColumns = 200

/** What can be wrong with a whole file: its code, and what to do about it. */
const faults = {
  'file-empty': 'The file has no rows. Choose the file again, or save it with its data.',
  'file-binary': 'This is no table. Save it as CSV or as XLSX, and upload that.',
  'file-xls': 'This is the old Excel format, or protected by a password. Save it as XLSX without a password, and upload that.',
  'encoding-unknown': 'The text is neither UTF-8 nor GBK. Save it as "CSV UTF-8", or name its encoding.',
  'csv-malformed':
    'A quoted cell does not end, or is longer than a million characters. Look for a single quotation mark near the row that is named.',
  'xlsx-malformed': 'The file cannot be read as XLSX. Open it in a spreadsheet program and save it again.',
  'zip-bomb': 'The file grows to more than 300 MB when it is unpacked, or says less than it holds. Save it as CSV, and upload that.',
  'sheet-missing': 'There is no sheet of that name. Choose one of those that are named.',
  'sheet-empty': 'The sheet that is read has no rows. Choose another one by its name.',
  'no-headings': 'The first row has no headings. Put a row with the names of the columns above the data, or name the row that has them.',
  'heading-missing': 'A column has data and no heading. Give it one, or remove the column.',
  'heading-duplicate': 'Two columns have the same heading. Rename one of them.',
  'too-many-columns': `The sheet has more than ${mostColumns} columns. Remove those that are not needed.`,
  'too-many-rows': `The file has more than ${mostRows.toLocaleString('en')} rows. Split it into several files.`,
  'file-changed': 'The file was replaced after it was looked through. Make a new import for it.',
} as const

type SheetFault = keyof typeof faults

/** 422 `import.<fault>`, with what exactly was found. */
export const sheetFault = (fault: SheetFault, found?: string): Problem =>
  new Problem('invalid', `import.${fault}`, found ? `${found} ${faults[fault]}` : faults[fault])
