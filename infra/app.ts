import { bundle } from './bundle.ts'

/** `cdk.json` starts this file. The bundles are written by another process while the CDK is still being loaded. */
const bundled = bundle()
const { synthesize } = await import('./synthesize.ts')
await bundled
synthesize()
