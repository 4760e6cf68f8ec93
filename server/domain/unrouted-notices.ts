import type { LocalizedText } from '#contract/language.ts';
import type { LabSnapshot } from '#contract/swarm-snapshot.ts';
import { unroutedServices } from './grading/unrouted-services.ts';

const NAMED = 3;
const REMEMBERED = 500;

/** Says once of each service that requests to it get no answer here, and what to use instead. */
export class UnroutedNotices {
  #told = new Set<string>();

  next(snapshot: LabSnapshot): LocalizedText[] {
    const { names, ids } = unroutedServices(snapshot, (id) => !this.#told.has(id));
    this.#told = new Set([...this.#told, ...ids].slice(-REMEMBERED));
    return [
      ...(names.ingress.length > 0 ? [ingressNotice(names.ingress)] : []),
      ...(names.virtualIp.length > 0 ? [virtualIpNotice(names.virtualIp)] : []),
    ];
  }
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).map((name) => `\`${name}\``);
  return `${shown.join(', ')}${names.length > NAMED ? ', …' : ''}`;
}

function ingressNotice(names: readonly string[]): LocalizedText {
  const isOne = names.length === 1;
  return {
    ko: `${listed(names)} 서비스는 포트를 인그레스로 공개했어요. 이 실습 환경은 인그레스로 온 요청을 전달하지 않아서 응답이 없어요. 서비스에는 문제가 없고, 응답을 받으려면 \`mode: host\` 설정으로 포트를 공개하면 돼요.`,
    en: `The ${isOne ? 'service' : 'services'} ${listed(names)} ${isOne ? 'publishes its port' : 'publish their ports'} through ingress. This lab does not route requests that come that way, so there is no answer. Nothing is wrong with the ${isOne ? 'service' : 'services'}: publish the port with \`mode: host\` to get one.`,
  };
}

function virtualIpNotice(names: readonly string[]): LocalizedText {
  const isOne = names.length === 1;
  return {
    ko: `${listed(names)} 서비스는 가상 IP를 써요. 이 실습 환경은 가상 IP로 보낸 요청을 전달하지 않아요. 다른 서비스에서 이름으로 부르려면 \`endpoint_mode: dnsrr\` 설정을 쓰면 돼요.`,
    en: `The ${isOne ? 'service' : 'services'} ${listed(names)} ${isOne ? 'has a virtual IP' : 'have virtual IPs'}. This lab does not route requests to virtual IPs. For other services to reach ${isOne ? 'it' : 'them'} by name, use \`endpoint_mode: dnsrr\`.`,
  };
}
