import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild'
import * as manifest from '../functions/manifest.ts'
import { builtFonts, fontFiles } from './fonts.ts'

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

const options = {
  absWorkingDir: root,
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
} as const satisfies BuildOptions

/**
 * Writes one self-contained CommonJS file per function and answers its size in bytes. One esbuild call for all of them,
 * so that a synth stays quick however many functions there are; what they load later is a file of its own beside them.
 */
export async function bundle(entries: Record<string, string> = functionEntries(), folder = bundleFolder): Promise<Record<string, number>> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const later = laterParts()
  const { metafile } = await build({
    ...options,
    entryPoints: Object.fromEntries(Object.entries(entries).map(([name, entry]) => [`${name}/index`, entry])),
    outdir: folder,
    plugins: [documentsBeside, withoutJsonSchema, later.plugin],
  })
  copyDocuments(metafile)
  await writeLater(metafile, later.entries, folder)
  await copyFonts(metafile)
  // The repository's own package.json says "module"; the bundles are CommonJS, also when they are tried out here.
  writeFileSync(`${folder}/package.json`, '{"type":"commonjs"}\n')
  return Object.fromEntries(Object.values(metafile.outputs).map(({ entryPoint, bytes }) => [nameOf(entries, entryPoint), bytes]))
}

/** Documents that a function reads now and then are no part of its code, which is parsed at every start: they lie beside it. */
const documentsBeside: Plugin = {
  name: 'documents-beside',
  setup: ({ onResolve }) => onResolve({ filter: /\/docs\/[\w-]+\.json$/ }, ({ path }) => ({ path: `./${basename(path)}`, external: true })),
}

/**
 * What a function imports while it runs (`await import('./render-chart.ts')`) is large and seldom needed, so it is no part of
 * what is parsed at every start: it lies beside the function. It shares nothing with the function's own copy of a module, so it
 * takes and answers plain data.
 */
function laterParts(): { plugin: Plugin; entries: Map<string, string> } {
  const entries = new Map<string, string>()
  const plugin: Plugin = {
    name: 'later-beside',
    setup: ({ onResolve }) =>
      onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined
        const file = basename(path, '.ts')
        entries.set(file, resolve(resolveDir, path))
        return { path: `./${file}.js`, external: true }
      }),
  }
  return { plugin, entries }
}

/** Builds those parts once, and puts each beside the functions that load it. */
async function writeLater(metafile: Metafile, entries: Map<string, string>, folder: string): Promise<void> {
  if (entries.size === 0) return
  await build({
    ...options,
    entryPoints: Object.fromEntries(entries),
    outdir: `${folder}/later`,
    plugins: [withoutJsonSchema, withoutWoff],
  })
  for (const [output, { imports }] of Object.entries(metafile.outputs))
    for (const { path, external } of imports)
      if (external && entries.has(basename(path, '.js')))
        copyFileSync(`${folder}/later/${basename(path)}`, join(root, dirname(output), basename(path)))
  rmSync(`${folder}/later`, { recursive: true })
}

/** Fonts of documents are TrueType: what unpacks WOFF2 is never called, and was half of what prints them. */
const withoutWoff: Plugin = {
  name: 'without-woff',
  setup: ({ onLoad }) =>
    onLoad({ filter: /node_modules\/brotli\/decompress\.js$/ }, () => ({ contents: 'module.exports = () => undefined' })),
}

/** Puts the fonts beside every function that prints documents. */
async function copyFonts(metafile: Metafile): Promise<void> {
  const printing = Object.entries(metafile.outputs).filter(([, { imports }]) => imports.some(({ path }) => path === './print-pdf.js'))
  if (printing.length === 0) return
  const from = await builtFonts()
  for (const [output] of printing) for (const font of fontFiles) copyFileSync(`${from}/${font}`, join(root, dirname(output), font))
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
