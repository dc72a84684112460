const FILE = Symbol('file')

/** A file as an answer instead of a JSON resource: a sheet, a picture, a printed document. */
export interface FileAnswer {
  readonly [FILE]: true
  /** As it is saved under, with its ending. */
  name: string
  contentType: string
  /** Text is compressed on its way, bytes are sent as they are. */
  content: string | Uint8Array
  /** Where it is instead, when it is larger than an answer may be. */
  url?: string
}

/** Marks a file, so that nothing that came in as JSON can pass for one. */
export const fileAnswer = (file: { name: string; contentType: string; content: string | Uint8Array; url?: string }): FileAnswer => ({
  [FILE]: true,
  ...file,
})

export const isFileAnswer = (value: unknown): value is FileAnswer => typeof value === 'object' && value !== null && FILE in value
