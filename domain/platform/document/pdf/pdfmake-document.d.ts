/** pdfmake's own document: not part of its published types. */
declare module 'pdfmake/js/PDFDocument.js' {
  export interface PdfDocumentClass {
    new (
      fonts: object,
      images: object,
      patterns: object,
      attachments: object,
      options: object,
    ): { font(bytes: Uint8Array): { _font: unknown } }
    prototype: { provideFont: unknown }
  }
  const imported: PdfDocumentClass | { default: PdfDocumentClass }
  export default imported
}
