/** `npm run docs`: writes what is generated, docs/openapi.json and docs/events.md. With `--check` it only compares. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { eventsPage } from './docs/events-page.ts'

const root = join(import.meta.dirname, '..')

/** The generated documents by their path in the repository. */
async function generatedDocs(): Promise<Record<string, string>> {
  const [{ openApiDocument }, { allRoutes }] = await Promise.all([
    import('../functions/http/openapi.ts'),
    import('../functions/http/routes.ts'),
  ])
  return {
    'docs/openapi.json': `${JSON.stringify(openApiDocument(allRoutes), null, 1)}\n`,
    'docs/events.md': eventsPage(),
  }
}

const onDisk = (path: string): string | undefined => {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch {
    return undefined
  }
}

/** The documents that are not what the code says. */
export async function staleDocs(): Promise<string[]> {
  return Object.entries(await generatedDocs()).flatMap(([path, text]) => (onDisk(path) === text ? [] : [path]))
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
  const stale = await staleDocs()
  if (values.check) {
    if (stale.length > 0) console.error(`Not up to date: ${stale.join(', ')}. Run npm run docs and commit the result.`)
    process.exitCode = stale.length > 0 ? 1 : 0
  } else {
    for (const [path, text] of Object.entries(await generatedDocs())) if (stale.includes(path)) writeFileSync(join(root, path), text)
    console.log(stale.length > 0 ? `Written: ${stale.join(', ')}` : 'Everything was up to date.')
  }
}
