import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { lazily } from '../runtime.ts'

export const eventBridge = lazily(() => new EventBridgeClient({ maxAttempts: 5 }))
