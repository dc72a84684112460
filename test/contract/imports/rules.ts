import { dirname, join, normalize } from 'node:path'

/** A source file, by its path from the repository root. */
export interface Source {
  path: string
  text: string
}

interface Violation {
  rule: string
  path: string
  found: string
}

interface Rule {
  name: string
  /** Files it is about. */
  from: RegExp
  /** True for an import that may not be; `target` is a path from the root, or a package. */
  forbids(target: string, path: string): boolean
}

const importing =
  /(?:^|\n)\s*(?:import|export)\b[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*?)?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]|(?:^|\n)import\s+['"]([^'"]+)['"]/g

/** A module that a file names, as a path from the root, or a package. */
export const resolved = (path: string, target: string): string => (target.startsWith('.') ? normalize(join(dirname(path), target)) : target)

/** What a file imports: paths from the root, or packages. */
export function importsOf({ path, text }: Source): string[] {
  return [...text.matchAll(importing)].map((found) => resolved(path, (found[1] ?? found[2] ?? found[3])!))
}

const within = (target: string, ...places: string[]) => places.some((place) => target === place || target.startsWith(`${place}/`))
const isOurs = (target: string) => /^(domain|events|functions|infra|local|test|bench|docs)\//.test(target)
const isNode = (target: string) => target.startsWith('node:')
const smallAndPure = ['zod', 'big.js', 'temporal-polyfill']
export const contextOf = (path: string): string | undefined => {
  const [top, context] = path.split('/')
  return top === 'domain' && context !== 'kernel' && context !== 'store' ? context : undefined
}

/** `<noun>/<noun>.ts`: the schema and the pure rules of a noun. */
const isNounFile = (path: string) => /^domain\/[^/]+\/([^/]+)\/\1\.ts$/.test(path)

/** Who may import whom (architecture, section 2). */
export const rules: Rule[] = [
  {
    name: 'the kernel imports only itself and small pure libraries',
    from: /^domain\/kernel\//,
    forbids: (target) => (isOurs(target) ? !within(target, 'domain/kernel') : !within(target, ...smallAndPure, 'node:crypto', 'node:util')),
  },
  {
    name: 'events import only the kernel',
    from: /^events\//,
    forbids: (target) => (isOurs(target) ? !within(target, 'events', 'domain/kernel') : !within(target, 'zod')),
  },
  {
    name: 'the store imports kernel, events and the AWS SDK',
    from: /^domain\/store\//,
    forbids: (target) =>
      isOurs(target)
        ? !within(target, 'domain/store', 'domain/kernel', 'events')
        : !isNode(target) && !target.startsWith('@aws-sdk/') && target !== 'zod',
  },
  {
    name: 'a context imports kernel, store, events and itself; others only through their index.ts',
    from: /^domain\/(?!kernel\/|store\/)/,
    forbids: (target, path) => {
      if (!isOurs(target)) return false
      if (within(target, 'domain/kernel', 'domain/store', 'events', `domain/${contextOf(path)}`)) return false
      return !/^domain\/[^/]+\/index\.ts$/.test(target)
    },
  },
  {
    name: 'a noun file is pure: no store, no table, no use case',
    from: /^domain\/[^/]+\/[^/]+\/[^/]+\.ts$/,
    forbids: (target, path) =>
      isNounFile(path) && (within(target, 'domain/store') || target.endsWith('.table.ts') || target === 'node:crypto'),
  },
  {
    name: 'functions import domain and events, never a table',
    from: /^functions\//,
    forbids: (target) => target.endsWith('.table.ts') || (isOurs(target) && !within(target, 'functions', 'domain', 'events', 'docs')),
  },
  {
    name: 'infra imports the manifest and event names',
    from: /^infra\//,
    forbids: (target) => isOurs(target) && !within(target, 'infra', 'functions/manifest.ts', 'events'),
  },
  {
    name: 'nothing that is deployed imports local, tests or bench',
    from: /^(domain|events|functions|infra)\//,
    forbids: (target) => within(target, 'local', 'test', 'bench'),
  },
]

interface TextRule {
  name: string
  from: RegExp
  except: RegExp
  pattern: RegExp
}

/** What may not stand in a file. */
export const textRules: TextRule[] = [
  {
    name: 'zod is imported as * as z (the named import drags in every locale)',
    from: /./,
    except: /^test\/contract\/imports/,
    pattern: /import\s+(?:type\s+)?\{[^}]*\bz\b[^}]*\}\s*from\s*['"]zod['"]|import\s+z\s+from\s*['"]zod['"]/,
  },
  {
    name: 'only functions/runtime.ts reads the environment',
    from: /^(domain|events|functions)\//,
    except: /^functions\/runtime\.ts$/,
    pattern: /process\.env/,
  },
  {
    name: 'no Scan and no PartiQL',
    from: /^(domain|functions|local)\//,
    except: /^$/,
    pattern: /\b(ScanCommand|ExecuteStatementCommand|paginateScan)\b/,
  },
  {
    name: 'a noun file knows no clock and no randomness',
    from: /^domain\/[^/]+\/([^/]+)\/\1\.ts$/,
    except: /^$/,
    pattern: /Date\.now\(|new Date\(\)|Math\.random\(/,
  },
  {
    name: 'what stands under SYS# is reached by authorizer, triggers, schedules, queues, the SES consumer and public pages and commands alone',
    from: /^functions\//,
    except:
      /^functions\/(runtime|authorizer|pre-token)\.ts$|^functions\/(schedules|queues|commands)\/|^functions\/consumers\/platform\/settle-mail|^functions\/http\/reminders\//,
    pattern: /\bsystemContext\b/,
  },
  {
    name: 'no module is imported for what it does then: it would be missing in the bundles (sideEffects in package.json)',
    from: /^(domain|events|functions)\//,
    except: /^$/,
    pattern: /^import\s*['"]\./m,
  },
]

/** All violations of a file. */
export function violationsOf(source: Source): Violation[] {
  const { path, text } = source
  const imports = rules
    .filter((rule) => rule.from.test(path))
    .flatMap((rule) =>
      importsOf(source).flatMap((target) => (rule.forbids(target, path) ? [{ rule: rule.name, path, found: target }] : [])),
    )
  const texts = textRules
    .filter((rule) => rule.from.test(path) && !rule.except.test(path))
    .flatMap((rule) => (rule.pattern.test(text) ? [{ rule: rule.name, path, found: rule.pattern.exec(text)![0] }] : []))
  return [...imports, ...texts]
}
