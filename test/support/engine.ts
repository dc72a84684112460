/** Amazon's DynamoDB Local instead of dynoxide (docs/engines.md): it counts units its own way in some answers, and takes its time. */
export const isSecondEngine: boolean = process.env.DYNAMODB_ENGINE === 'dynamodb-local'
