import mjml2html from 'mjml'

/** A fault of the MJML, with its line. */
interface MjmlFault {
  line: number
  message: string
}

/**
 * MJML as the HTML that mailboxes show. It reads no file and no address. Loaded only while a template is saved: the compiler
 * is larger than everything else together.
 */
export async function compileMjml(source: string): Promise<{ html: string; faults: MjmlFault[] }> {
  try {
    const { html, errors } = await mjml2html(source, { validationLevel: 'soft', ignoreIncludes: true, keepComments: false, minify: false })
    const [main] = source.match(/<mjml[\s>]/) ? [] : [{ line: 1, message: 'The body must be MJML: <mjml><mj-body>…</mj-body></mjml>.' }]
    return { html, faults: [...(main ? [main] : []), ...errors.map(({ line, message }) => ({ line, message }))] }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { html: '', faults: [{ line: Number(/line (\d+)/i.exec(message)?.[1] ?? 1), message: message.split('\n')[0]!.slice(0, 300) }] }
  }
}
