import type { Scenario } from '../scenario';

export const microservices: Scenario = {
  id: 'microservices',
  scenario: 'Internal microservices',
  approach: 'mTLS via service mesh',
  why: 'Zero-trust without app changes',
  avoid: 'Custom TLS implementations per service',
  means:
    'A proxy beside each service speaks TLS with both sides showing a certificate that lives for hours or days. Services are written as if the network were plain; who may talk to whom is a rule of the mesh.',
  notFor: [
    'What must stay secret from the proxy or from a queue between the services: TLS ends at each hop. Encrypt the message itself.',
    'Two or three services that seldom change: the mesh is more to run than it protects.',
  ],
  alternatives: [
    {
      approach: 'mTLS at a load balancer',
      gain: 'No proxy beside each service; the balancer looks at the client certificate.',
      price: 'Behind the balancer the network is plain, or needs TLS of its own.',
    },
    {
      approach: 'TLS with signed requests (SigV4, tokens)',
      gain: 'Who calls is proved for each request, with the roles that are there already.',
      price: 'Each program has to check it; a token that leaks works until it ends.',
    },
    {
      approach: 'A private network alone',
      gain: 'Nothing to run.',
      price: 'Whoever is in one machine of it reads and writes all traffic.',
    },
  ],
  how: {
    steps: [
      {
        text: 'Add the endpoints of the services and declare that clients need a certificate; the scan shows whether they ask for one.',
        link: { to: '/tls', label: 'TLS scans' },
      },
      {
        text: 'Let certificates be issued and renewed by the mesh’s authority or cert-manager, and watch for those that were not.',
        link: { to: '/readiness?group=certificates', label: 'Certificates' },
      },
    ],
    console:
      'For services behind an Application Load Balancer: EC2 > Load balancers > the listener > Security > Mutual authentication: verify with a trust store. In a mesh (Istio): PeerAuthentication with mode STRICT.',
    cli: 'aws elbv2 modify-listener --listener-arn LISTENER_ARN --mutual-authentication Mode=verify,TrustStoreArn=TRUST_STORE_ARN',
    terraform: `resource "aws_lb_listener" "internal" {
  load_balancer_arn = aws_lb.internal.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = aws_acm_certificate.internal.arn
  mutual_authentication {
    mode            = "verify"
    trust_store_arn = aws_lb_trust_store.services.arn
  }
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.service.arn
  }
}`,
  },
  kms: {
    callsPerUse: 0,
    counted: 'Requests between services a second',
    things: 'stored messages',
    noCache:
      'KMS takes no part in a TLS handshake: there are no data keys to cache. What costs is the certificate authority, the proxies and their processors, which this table of prices does not know.',
  },
  numbers: {
    perSecond: 1000,
    keys: 1,
    regions: 1,
    region: 'us-east-1',
    gigabytes: 0,
    kilobytesEach: 10,
    cacheUses: 1,
    cacheSeconds: 1,
  },
  facts: ['endpoints', 'certificates', 'log'],
  checks: [
    'mutual-tls',
    'tls-1-3',
    'tls-no-fallback',
    'tls-aead',
    'tls-own-policy',
    'endpoints-scanned',
    'certificates-short-lived',
    'certificates-last-7',
    'certificates-trusted',
    'certificates-not-self-signed',
    'tls-post-quantum',
  ],
};
