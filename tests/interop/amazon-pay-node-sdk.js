// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Paydesk contributors
//
// amazon-pay-node-sdk.js COMMAND [ARGS]: points Amazon's own Node SDK at the practice endpoint that COMMAND starts (one line of
// JSON says where), and prints one line for each thing tried. Exit status: 0 all as it should be, 1 not, 77 there is no SDK.
// The SDK is looked for in $NODE_PATH; run.sh --install gets it.
'use strict';

const { spawn } = require('child_process');
const { once } = require('events');
const crypto = require('crypto');
const fs = require('fs');
const https = require('https');
const readline = require('readline');

let sdk, version;
try {
  sdk = require('@amazonpay/amazon-pay-api-sdk-nodejs');
  version = require('@amazonpay/amazon-pay-api-sdk-nodejs/package.json').version;
} catch (error) {
  console.log('skipped: the package @amazonpay/amazon-pay-api-sdk-nodejs is not there (tests/interop/run.sh --install gets it)');
  process.exit(77);
}

let failures = 0;

function report(good, what, said) {
  console.log(`${good ? 'ok' : 'NOT OK'} - ${what}: ${said}`);
  if (!good)
    failures++;
}

// The answer, whether the SDK counts it as a success or throws it.
async function ask(call) {
  try {
    const response = await call();
    return { status: response.status, data: response.data, headers: response.headers };
  } catch (error) {
    if (!error.response)
      return { status: 0, data: {}, headers: {}, trouble: error.code || String(error) };
    return { status: error.response.status, data: error.response.data, headers: error.response.headers };
  }
}

function describe(answer) {
  const detail = answer.trouble || answer.data.reasonCode || (answer.data.statusDetails && `state ${answer.data.statusDetails.state}`);
  return `${answer.status} ${detail || ''}`.trim();
}

async function main() {
  const child = spawn(process.argv[2], process.argv.slice(3), { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = readline.createInterface({ input: child.stdout });
  const [line] = await once(lines, 'line');
  const practice = JSON.parse(line);
  const key = fs.readFileSync(practice.private_key, 'utf8');
  const { privateKey: otherKey } = crypto.generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const payload = { webCheckoutDetails: { checkoutReviewReturnUrl: 'https://www.example.jp/review' }, storeId: practice.store_id };
  // With an address of one's own the SDK turns certificate checking off for the whole process: the agent's option is stronger.
  https.globalAgent.options.rejectUnauthorized = true;

  const client = (algorithm, overrides) => new sdk.WebStoreClient({
    publicKeyId: practice.public_key_id, privateKey: key, region: 'jp', algorithm,
    overrideServiceUrl: practice.url.replace('https://', ''), ...overrides,
  });
  const create = (algorithm, overrides, body = payload, idempotencyKey = crypto.randomUUID().replace(/-/g, '')) =>
    ask(() => client(algorithm, overrides).createCheckoutSession(body, { 'x-amz-pay-idempotency-key': idempotencyKey }));

  let answer = await create('AMZN-PAY-RSASSA-PSS-V2');
  report(answer.status === 0, 'without the CA the connection is refused', describe(answer));
  https.globalAgent.options.ca = fs.readFileSync(practice.ca);

  for (const algorithm of [undefined, 'AMZN-PAY-RSASSA-PSS', 'AMZN-PAY-RSASSA-PSS-V2']) {
    const name = algorithm || 'the default algorithm';
    const idempotencyKey = crypto.randomUUID().replace(/-/g, '');
    answer = await create(algorithm, {}, payload, idempotencyKey);
    report(answer.status === 201 && answer.data.storeId === practice.store_id && answer.data.statusDetails.state === 'Open',
           `create with ${name}`, describe(answer));
    const id = answer.data.checkoutSessionId;
    answer = await create(algorithm, {}, payload, idempotencyKey);
    report(answer.status === 200 && answer.data.checkoutSessionId === id, `the same again with ${name}`, describe(answer));
    answer = await ask(() => client(algorithm).getCheckoutSession(id));
    report(answer.status === 200 && answer.data.checkoutSessionId === id, `get with ${name}`, describe(answer));
    answer = await create(algorithm, { privateKey: otherKey });
    report(answer.status === 403 && answer.data.reasonCode === 'InvalidRequestSignature', `a wrong key with ${name}`, describe(answer));
  }
  answer = await create('AMZN-PAY-RSASSA-PSS-V2', {}, { ...payload, storeId: 'amzn1.application-oa2-client.wrong' });
  report(answer.status === 400 && answer.data.reasonCode === 'InvalidParameterValue', 'a wrong store id', describe(answer));
  answer = await create('AMZN-PAY-RSASSA-PSS-V2', { publicKeyId: 'SANDBOX-AAAAAAAAAAAAAAAAAAAAAAAA' });
  report(answer.status === 400 && answer.data.reasonCode === 'InvalidHeaderValue', 'an unknown key id', describe(answer));
  answer = await create('AMZN-PAY-RSASSA-PSS-V2', { region: 'us' });
  report(answer.status === 400 && answer.data.reasonCode === 'InvalidHeaderValue', 'another region', describe(answer));
  answer = await ask(() => client('AMZN-PAY-RSASSA-PSS-V2').getCheckoutSession('00000000-0000-0000-0000-000000000000'));
  report(answer.status === 404 && answer.data.reasonCode === 'ResourceNotFound', 'an unknown session', describe(answer));
  report(Boolean(answer.headers['x-amz-pay-request-id']), 'the request id', answer.headers['x-amz-pay-request-id']);

  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  report(code === 0 && !fs.existsSync(practice.private_key), 'ended by SIGTERM, its key is gone', `exit ${code}`);
  console.log(`${failures === 0 ? 'all as it should be' : `${failures} not as it should be`} (SDK ${version}, node ${process.version})`);
  process.exit(failures === 0 ? 0 : 1);
}

main();
