import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { spare, sparing } from '../../domain/store/sparing-client.ts'
import { lazily } from '../runtime.ts'

export const eventBridge = lazily(() => spare(new EventBridgeClient({ maxAttempts: 5, ...sparing })))
