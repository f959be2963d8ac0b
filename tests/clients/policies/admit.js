'use strict';
// Asks policies whether they let requests in, as an API server or Kyverno does. Standard input: {policies: [yaml], requests: [{object, old, resource}]};
// answers for each request a list of {policy, action, message, error}: what did not hold, or could not be decided.
const { plan, parse, celEnv, isCelError } = require('@bufbuild/cel');
const yaml = require('js-yaml');

const Resources = {
  Pod: 'pods', Service: 'services', Deployment: 'deployments', StatefulSet: 'statefulsets', DaemonSet: 'daemonsets', Job: 'jobs', CronJob: 'cronjobs', ConfigMap: 'configmaps', Ingress: 'ingresses',
  HTTPRoute: 'httproutes', GRPCRoute: 'grpcroutes', TCPRoute: 'tcproutes', TLSRoute: 'tlsroutes', UDPRoute: 'udproutes', VirtualService: 'virtualservices',
};
const { policies, requests } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const documents = policies.flatMap(text => yaml.loadAll(text));
const env = celEnv({});
const programs = new Map();
const program = text => {
  if (!programs.has(text)) programs.set(text, plan(env, parse(text)));
  return programs.get(text);
};

// To CEL an object is a map.
const value = one => Array.isArray(one) ? one.map(value) : one !== null && typeof one === 'object' ? new Map(Object.entries(one).map(([key, inner]) => [key, value(inner)])) : one;
// An API server refuses a rule of several lines without a message, and a message of several lines.
const check = rule => {
  if (!rule.message || rule.message.includes('\n')) throw new Error(`no message of one line: ${rule.expression}`);
  return rule;
};
const ask = (text, scope) => {
  const answer = program(text)(scope);
  if (isCelError(answer)) throw new Error(`${text}: ${answer.message}`);
  return answer;
};
const matches = (list, one) => list.includes('*') || list.includes(one);
const covers = (rules, request) => rules.some(rule => matches(rule.apiGroups, request.group) && matches(rule.apiVersions, request.version) && matches(rule.resources, request.resource) && matches(rule.operations, request.operation));

function* decide(name, action, { conditions, variables, rules }, { object, old }) {
  const scope = { object: value(object), oldObject: value(old ?? null), variables: new Map() };
  const errors = [];
  try {
    if (!conditions.every(one => ask(one.expression, scope) === true)) return;
  } catch (error) {
    yield { policy: name, action, message: '', error: String(error) };
    return;
  }
  // A variable that cannot be told is missed by whoever names it.
  for (const one of variables) try { scope.variables.set(one.name, ask(one.expression, scope)); } catch (error) { errors.push(`${one.name}: ${error}`); }
  for (const rule of rules.map(check)) {
    let holds = false, error = null, message = '';
    try {
      holds = ask(rule.expression, scope) === true;
      if (!holds) message = ask(rule.messageExpression, scope);
    } catch (caught) { error = [String(caught), ...errors].join('; '); }
    if (!holds) yield { policy: name, action, message, error };
  }
}

function* admit(request) {
  const { object } = request;
  const [version, group = ''] = object.apiVersion.split('/').reverse();
  const asked = { ...request, group, version, resource: request.resource ?? Resources[object.kind] ?? '', operation: request.old ? 'UPDATE' : 'CREATE' };
  const space = object.metadata.namespace;
  for (const binding of documents.filter(one => one.kind === 'ValidatingAdmissionPolicyBinding')) {
    const policy = documents.find(one => one.kind === 'ValidatingAdmissionPolicy' && one.metadata.name === binding.spec.policyName);
    const labels = { 'kubernetes.io/metadata.name': space };
    if (!Object.entries(binding.spec.matchResources.namespaceSelector.matchLabels).every(([key, wanted]) => labels[key] === wanted)) continue;
    if (!covers(policy.spec.matchConstraints.resourceRules, asked) || !covers(binding.spec.matchResources.resourceRules, asked)) continue;
    yield* decide(policy.metadata.name, binding.spec.validationActions.join(' '), { conditions: policy.spec.matchConditions, variables: policy.spec.variables, rules: policy.spec.validations }, request);
  }
  for (const policy of documents.filter(one => one.apiVersion === 'kyverno.io/v1' && one.metadata.namespace === space)) for (const rule of policy.spec.rules) {
    const subresource = asked.resource.split('/')[1];
    const name = `${object.kind}${subresource ? '/' + subresource : ''}`;
    const isAsked = rule.match.any.some(({ resources }) => resources.operations.includes(asked.operation) && resources.kinds.some(kind => [version, '*'].some(one => kind === `${group ? group + '/' : ''}${one}/${name}`)));
    if (isAsked) yield* decide(rule.name, rule.validate.failureAction === 'Enforce' ? 'Deny' : 'Warn Audit', { conditions: rule.celPreconditions, variables: rule.validate.cel.variables, rules: rule.validate.cel.expressions }, request);
  }
}

process.stdout.write(JSON.stringify(requests.map(request => [...admit(request)])));
