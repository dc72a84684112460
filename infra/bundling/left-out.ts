import { readFileSync } from 'node:fs'
import type { Loader, Plugin } from 'esbuild'

interface Change {
  /** Which file of a package. */
  file: RegExp
  /** What is bundled in its place. */
  becomes(text: string): string
  loader?: Loader
}

const changes: Change[] = [
  {
    // Schemas become JSON Schema when the documents are written, never in a function: 16 KiB of each that are parsed for nothing.
    file: /zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/,
    becomes: () =>
      'const none = () => undefined; module.exports = { createToJSONSchemaMethod: none, createStandardJSONSchemaMethod: none }',
  },
  {
    // Fonts of documents are TrueType: what unpacks WOFF2 is never called, and was half of what prints them.
    file: /node_modules\/brotli\/decompress\.js$/,
    becomes: () => 'module.exports = () => undefined',
  },
  {
    // An attachment says what it is (`MailAttachment`), so nothing is guessed from the endings of all file names there are: 74 KiB.
    file: /nodemailer\/dist\/esm\/mime-funcs\/mime-types\.js$/,
    becomes: () => `export const detectMimeType = () => 'application/octet-stream'; export const detectExtension = () => 'bin'`,
  },
  {
    // Nor does a mail take anything from an address.
    file: /nodemailer\/dist\/esm\/fetch\/index\.js$/,
    becomes: () => `export default () => { throw new Error('A mail carries what it is given, and fetches nothing.') }`,
  },
  {
    // esbuild drops the schemas of calls that are never made, but not while they have computed names: 50 KiB of S3.
    file: /@aws-sdk\/client-s3\/dist-es\/schemas\/schemas_0\.js$/,
    becomes: withoutComputedNames,
  },
  {
    // The store makes the JSON of the wire of a command by itself (domain/store/plain-commands.ts), so nothing is made of it here.
    file: /@aws-sdk\/lib-dynamodb\/dist-es\/baseCommand\/DynamoDBDocumentClientCommand\.js$/,
    becomes: () => 'export class DynamoDBDocumentClientCommand {}',
  },
  {
    // An error is known by its name, which it has without a class of its own too: two of DynamoDB's bring more that is read.
    file: /@aws-sdk\/client-(dynamodb|sqs)\/dist-es\/schemas\/schemas_0\.js$/,
    becomes: (text) => text.replace(/^n0_registry\.registerError\((?!(?:ConditionalCheckFailed|TransactionCanceled)Exception\$).*$/gm, ''),
  },
  {
    // Signs what goes in a stream of events, which no function sends.
    file: /@smithy\/signature-v4\/dist-es\/HeaderFormatter\.js$/,
    becomes: () => 'export class HeaderFormatter {}',
  },
  {
    // Node hashes by itself, so SHA-256 written in JavaScript is never called.
    file: /@smithy\/core\/dist-es\/submodules\/checksum\/sha256\/Sha256Js\.js$/,
    becomes: () => 'export const Sha256Js = undefined',
  },
  {
    // Lambda says the region; nobody asks the machine for it.
    file: /@smithy\/core\/dist-es\/submodules\/config\/config-resolver\/regionConfig\/getInstanceMetadataRegion\.js$/,
    becomes: () => 'export const getInstanceMetadataRegion = async () => undefined',
  },
  {
    // A function finds no profiles in files: its environment says all. Without them Node need not load its promises of files.
    file: /@smithy\/core\/dist-es\/submodules\/config\/shared-ini-file-loader\/readFile\.js$/,
    becomes: () =>
      `export const filePromises = {}; export const fileIntercept = {}; export const readFile = async () => { throw new Error('A function has no profiles.') }`,
  },
  {
    // The global `crypto` brings all of Web Crypto with it.
    file: /@smithy\/core\/dist-es\/submodules\/serde\/uuid\/v4\.js$/,
    becomes: () => `import { randomUUID } from 'node:crypto'; export const bindV4 = () => () => randomUUID()`,
  },
  {
    // All that is asked of a client's package.json is its version.
    file: /@aws-sdk\/client-[\w-]+\/package\.json$/,
    becomes: (text) => JSON.stringify({ version: JSON.parse(text).version }),
    loader: 'json',
  },
]

/** `const _e = "error"` and `{ [_e]: 1 }` become `{ "error": 1 }`. */
function withoutComputedNames(text: string): string {
  const names = new Map([...text.matchAll(/^const (\w+) = ("[^"]*");$/gm)].map(([, name, value]) => [name!, value!]))
  return text.replace(/\[(\w+)\]:/g, (whole, name) => (names.has(name) ? `${names.get(name)}:` : whole))
}

/** What packages bring along and no function of ours needs. Each loses it in the bundles alone. */
export const leftOut: Plugin = {
  name: 'left-out',
  setup({ onLoad }) {
    for (const { file, becomes, loader = 'js' } of changes)
      onLoad({ filter: file }, ({ path }) => ({ contents: becomes(readFileSync(path, 'utf8')), loader }))
  },
}
