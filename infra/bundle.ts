import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Metafile, type Plugin } from 'esbuild'
import * as manifest from '../functions/manifest.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Where the bundles lie: `dist/<function>/index.js`. */
export const bundleFolder = `${root}dist`

/** Kind and name of each function of the manifest with its source; the same name stands on the function in AWS. */
export function functionEntries(): Record<string, string> {
  const named = (kind: string, entries: { name: string; entry: string }[]): [string, string][] =>
    entries.map(({ name, entry }) => [`${kind}${name}`, entry])
  return Object.fromEntries([
    ...named('', [manifest.authorizer, manifest.preToken, manifest.streamPublisher, ...manifest.consumers]),
    ...named('http-', manifest.httpContexts),
    ...named('queue-', manifest.queues),
    ...named('schedule-', manifest.schedules),
  ])
}

/**
 * Writes one self-contained CommonJS file per function and answers its size in bytes. One esbuild call for all of them,
 * so that a synth stays quick however many functions there are.
 */
export async function bundle(entries: Record<string, string> = functionEntries(), folder = bundleFolder): Promise<Record<string, number>> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(Object.entries(entries).map(([name, entry]) => [`${name}/index`, entry])),
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minify: true,
    mainFields: ['module', 'main'],
    conditions: ['module', 'import'],
    legalComments: 'none',
    logLevel: 'error',
    metafile: true,
    alias: {
      '@aws-sdk/credential-provider-node': './infra/lambda-credentials.ts',
      '@smithy/core/event-streams': './infra/no-event-streams.ts',
    },
    // Part of Lambda's runtime; only a stage with credentials per tenant loads it.
    external: ['@aws-sdk/client-sts'],
    plugins: [documentsBeside, withoutJsonSchema],
  })
  copyDocuments(metafile)
  // The repository's own package.json says "module"; the bundles are CommonJS, also when they are tried out here.
  writeFileSync(`${folder}/package.json`, '{"type":"commonjs"}\n')
  return Object.fromEntries(Object.values(metafile.outputs).map(({ entryPoint, bytes }) => [nameOf(entries, entryPoint), bytes]))
}

/** Documents that a function reads now and then are no part of its code, which is parsed at every start: they lie beside it. */
const documentsBeside: Plugin = {
  name: 'documents-beside',
  setup: ({ onResolve }) => onResolve({ filter: /\/docs\/[\w-]+\.json$/ }, ({ path }) => ({ path: `./${basename(path)}`, external: true })),
}

/** Schemas become JSON Schema when the documents are written, never in a function: 16 KiB of each that are parsed for nothing. */
const withoutJsonSchema: Plugin = {
  name: 'without-json-schema',
  setup: ({ onLoad }) =>
    onLoad({ filter: /zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/ }, () => ({
      contents: 'const none = () => undefined; module.exports = { createToJSONSchemaMethod: none, createStandardJSONSchemaMethod: none }',
    })),
}

function copyDocuments(metafile: Metafile): void {
  for (const [output, { imports }] of Object.entries(metafile.outputs))
    for (const { path, external } of imports)
      if (external && path.endsWith('.json')) copyFileSync(`${root}docs/${basename(path)}`, join(root, dirname(output), path))
}

const nameOf = (entries: Record<string, string>, entryPoint: string | undefined): string =>
  Object.entries(entries).find(([, entry]) => entry === entryPoint)?.[0] ?? String(entryPoint)

if (import.meta.main) {
  const started = performance.now()
  const sizes = Object.entries(await bundle()).sort(([, left], [, right]) => right - left)
  for (const [name, bytes] of sizes) console.log(`${(bytes / 1024).toFixed(1).padStart(8)} KiB  ${name}`)
  console.log(`${sizes.length} functions in ${Math.round(performance.now() - started)} ms`)
}
