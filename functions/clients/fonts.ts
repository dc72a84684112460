import { readFileSync } from 'node:fs'
import type { FontSource } from '../../domain/platform/document/pdf/shared-fonts.ts'
import { env, optionalEnv } from '../runtime.ts'

/** The fonts lie beside the code on Lambda (infra/bundle.ts); where functions run from their sources the folder is said. */
export const fonts: FontSource = (name) => readFileSync(`${optionalEnv('FONT_FOLDER') ?? env('LAMBDA_TASK_ROOT')}/${name}.ttf`)
