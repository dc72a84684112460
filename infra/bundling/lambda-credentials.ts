/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundles: Lambda gives its credentials in the environment, so the
 * providers for profiles, SSO, web identity and instance metadata would be dead weight in every cold start.
 */
import { fromEnv } from '@aws-sdk/credential-provider-env'

export const defaultProvider = () => fromEnv()
