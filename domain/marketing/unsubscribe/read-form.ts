/** What a POST to the unsubscribe link asks for; undefined for what is no such request. */
export type Asked = { action: 'unsubscribe' } | { action: 'subscribe' } | { action: 'choose'; lists: string[] }

/** RFC 8058, 3.2: the pair may come as multipart/form-data, of which this one part is all there is. */
const oneClickPart = /\bname="?List-Unsubscribe"?[^\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n\s*One-Click\s*\r?\n?--/i

/** Characters of a form that says yes or no. */
const longestForm = 10_000

/**
 * Mail programs send `List-Unsubscribe=One-Click` as a form, urlencoded or multipart; some send nothing at all, which can
 * only mean the same. The buttons of the page send an action.
 */
export function readAsked({
  form,
  body,
  contentType,
}: {
  form: Record<string, string>
  body: string
  contentType: string
}): Asked | undefined {
  if (form.action === 'unsubscribe' || form.action === 'subscribe') return { action: form.action }
  if (form.action === 'choose')
    return { action: 'choose', lists: Object.keys(form).flatMap((name) => (name.startsWith('list-') ? name.slice('list-'.length) : [])) }
  if (body.trim() === '' || form['List-Unsubscribe'] === 'One-Click') return { action: 'unsubscribe' }
  const isForm = /^multipart\/form-data\b/i.test(contentType) && body.length <= longestForm
  return isForm && oneClickPart.test(body) ? { action: 'unsubscribe' } : undefined
}
