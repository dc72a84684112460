import { copyFileSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild'
import { builtFonts, fontFiles } from '../fonts.ts'

/** Documents that a function reads now and then are no part of its code, which is parsed at every start: they lie beside it. */
export const documentsBeside: Plugin = {
  name: 'documents-beside',
  setup: ({ onResolve }) => onResolve({ filter: /\/docs\/[\w-]+\.json$/ }, ({ path }) => ({ path: `./${basename(path)}`, external: true })),
}

/** Puts each document beside the functions that read it. */
export function copyDocuments(metafile: Metafile, root: string): void {
  for (const { path, into } of besideOf(metafile, root))
    if (path.endsWith('.json')) copyFileSync(join(root, 'docs', path), join(into, path))
}

/**
 * What a function imports while it runs (`await import('./render-chart.ts')`) is large and seldom needed, so it is no part of
 * what is parsed at every start: it lies beside the function. It shares nothing with the function's own copy of a module, so it
 * takes and answers plain data. `parts` are those there are, by the name of their file.
 */
export function partsBeside(): { plugin: Plugin; parts: Map<string, string> } {
  const parts = new Map<string, string>()
  const plugin: Plugin = {
    name: 'parts-beside',
    setup: ({ onResolve }) =>
      onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined
        const part = basename(path, '.ts')
        parts.set(part, resolve(resolveDir, path))
        return { path: `./${part}.js`, external: true }
      }),
  }
  return { plugin, parts }
}

type Options = BuildOptions & { absWorkingDir: string }

/** Builds those parts once, and puts each beside the functions that load it; beside those that print documents the fonts too. */
export async function writeParts(metafile: Metafile, parts: Map<string, string>, folder: string, options: Options): Promise<void> {
  if (parts.size === 0) return
  const built = join(folder, '.parts')
  await build({ ...options, entryPoints: Object.fromEntries(parts), outdir: built })
  for (const { path, into } of besideOf(metafile, options.absWorkingDir)) {
    if (!parts.has(basename(path, '.js'))) continue
    copyFileSync(join(built, path), join(into, path))
    if (path === 'print-pdf.js') await copyFonts(into)
  }
  rmSync(built, { recursive: true })
}

async function copyFonts(into: string): Promise<void> {
  const from = await builtFonts()
  for (const font of fontFiles) copyFileSync(join(from, font), join(into, font))
}

/** The files that functions ask for while they run, and the folder of each function that does. */
const besideOf = ({ outputs }: Metafile, root: string): { path: string; into: string }[] =>
  Object.entries(outputs).flatMap(([output, { imports }]) =>
    imports
      .filter(({ external, path }) => external && path.startsWith('./'))
      .map(({ path }) => ({ path: basename(path), into: join(root, dirname(output)) })),
  )
