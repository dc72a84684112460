/** The mailbox page: the newest mails on the left, the chosen one on the right (one after the other on a phone). */
const byId = (id) => document.getElementById(id)

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

let mails = []
let chosen

const recipients = (mail) => [...mail.to, ...mail.cc, ...mail.bcc].join(', ')
const timeOf = (mail) => new Date(mail.at).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' })
const subjectOf = (mail) => mail.subject || '(no subject)'

function renderList() {
  const words = byId('filter').value.toLowerCase()
  const matching = mails.filter((mail) => `${recipients(mail)} ${mail.subject} ${mail.tenantId}`.toLowerCase().includes(words))
  const nothing = mails.length > 0 ? 'Nothing matches.' : 'No mail yet. What Guanxi sends on this machine comes here.'
  const rows = matching.length > 0 ? matching.map(row) : [element('li', { className: 'none', textContent: nothing })]
  byId('list').replaceChildren(...rows)
}

function row(mail) {
  const who = element('span', { className: 'clip', textContent: recipients(mail) })
  const button = element(
    'button',
    { type: 'button', className: 'mail', onclick: () => show(mail) },
    element('span', { className: 'who' }, who, element('time', { textContent: timeOf(mail) })),
    element('span', { className: 'subject clip', textContent: subjectOf(mail) }),
  )
  button.setAttribute('aria-current', mail.id === chosen?.id)
  return element('li', {}, button)
}

function show(mail) {
  chosen = mail
  document.body.classList.add('open')
  const views = viewsOf(mail)
  byId('head').replaceChildren(
    element('h2', { textContent: subjectOf(mail) }),
    ...lines(mail),
    ...mail.attachments.map((file, n) => attachment(mail, file, n)),
    element('div', { className: 'views' }, ...views),
  )
  byId('head').hidden = false
  byId('hint').hidden = true
  views[0]?.click()
  renderList()
}

function lines(mail) {
  const all = [
    ['From', mail.from],
    ['To', mail.to.join(', ')],
    ['Cc', mail.cc.join(', ')],
    ['Bcc', mail.bcc.join(', ')],
    ['At', timeOf(mail)],
    ['Tenant', mail.tenantId],
  ]
  return all.filter(([, value]) => value).map(([label, value]) => element('p', { className: 'line', textContent: `${label}: ${value}` }))
}

function attachment(mail, { filename, size }, n) {
  const href = `/_local/mail/${encodeURIComponent(mail.id)}/attachments/${n}`
  return element(
    'p',
    { className: 'line' },
    element('a', { className: 'file', href, textContent: `${filename} (${Math.ceil(size / 1024)} KB)` }),
  )
}

/** A button per form in which the mail can be seen; the frame runs no script, links open beside the mailbox. */
function viewsOf(mail) {
  const headers = Object.entries(mail.headers).map(([name, value]) => `${name}: ${value}`)
  const views = [
    ['HTML', mail.html, () => fill('html', 'srcdoc', `<base target="_blank">${mail.html}`)],
    ['Text', mail.text, () => fill('text', 'textContent', mail.text)],
    ['Headers', headers.length, () => fill('text', 'textContent', headers.join('\n'))],
  ]
  const buttons = views
    .filter(([, there]) => there)
    .map(([name, , open]) => {
      const onclick = ({ target }) => {
        for (const button of buttons) button.setAttribute('aria-pressed', button === target)
        open()
      }
      return element('button', { type: 'button', className: 'view', textContent: name, onclick })
    })
  return buttons
}

function fill(id, property, content) {
  byId('html').hidden = id !== 'html'
  byId('text').hidden = id !== 'text'
  byId(id)[property] = content
}

async function load() {
  const response = await fetch('/_local/mail?limit=200')
  const { data } = await response.json()
  if (data.length === mails.length && data[0]?.id === mails[0]?.id) return
  mails = data
  renderList()
}

byId('filter').oninput = renderList
byId('back').onclick = () => document.body.classList.remove('open')
// The server may be away for a moment; the next look finds it again.
setInterval(() => document.hidden || load().catch(() => undefined), 3000)
load()
