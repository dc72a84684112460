import { createHash } from 'node:crypto'
import { type Html, html, toText } from '../../../../domain/kernel/html.ts'
import type { OpenApiDocument, OpenApiOperation } from '../../openapi.ts'
import { words } from './markdown.ts'
import { operationSection } from './operation.ts'
import { styles } from './styles.ts'

interface Listed {
  method: string
  path: string
  operation: OpenApiOperation
}

interface Tag {
  name: string
  description: string
}

const anchorOf = (name: string) => name.toLowerCase().replaceAll(' ', '-')

const operationsOf = (document: OpenApiDocument, tag: string): Listed[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) => (operation.tags.includes(tag) ? [{ method, path, operation }] : [])),
  )

const navigation = (document: OpenApiDocument, tags: Tag[]): Html => html`
<nav>
<a class="brand" href="#top">Guanxi <span>关系</span></a>
<input type="search" placeholder="Find an operation" aria-label="Find an operation">
${tags.map(
  (tag) => html`<section><a class="tag" href="#${anchorOf(tag.name)}">${tag.name}</a>
${operationsOf(document, tag.name).map(
  ({ method, operation, path }) =>
    html`<a class="op" href="#${operation.operationId}" data-find="${`${method} ${path} ${operation.summary}`.toLowerCase()}"><b class="${method}">${method}</b>${operation.summary}</a>`,
)}</section>`,
)}
</nav>`

// Only hides what does not match; without it everything is there.
const script = `
const box = document.querySelector('input[type=search]')
box.addEventListener('input', () => {
  const text = box.value.trim().toLowerCase()
  for (const link of document.querySelectorAll('nav .op')) link.hidden = !link.dataset.find.includes(text)
  for (const part of document.querySelectorAll('nav section')) part.hidden = !part.querySelector('.op:not([hidden])')
})
`

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Nothing is loaded from anywhere; style and script are the two that stand in the page. */
export const contentPolicy = `default-src 'none'; style-src ${hashOf(styles)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** Text of our own that stands in the page as it is: escaping would change what its hash was made of. */
const verbatim = (text: string): Html => html([text] as unknown as TemplateStringsArray)

/** The documentation as one page that needs nothing else: every operation with its parameters, body, answers and a line to try. */
export function docsPage(document: OpenApiDocument): string {
  const tags = document.tags as Tag[]
  const { title, description } = document.info as { title: string; description: string }
  return toText(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} API</title>
<style>${verbatim(styles)}</style>
</head>
<body id="top">
${navigation(document, tags)}
<main>
<header><h1>${title} API</h1>${words(description)}<p><a href="/openapi.json">OpenAPI 3.1 document</a></p></header>
${tags.map(
  (tag) => html`<section class="noun" id="${anchorOf(tag.name)}"><h2>${tag.name}</h2>${words(tag.description)}
${operationsOf(document, tag.name).map(({ method, path, operation }) => operationSection(document, method, path, operation))}</section>`,
)}
</main>
<script>${verbatim(script)}</script>
</body>
</html>
`)
}
