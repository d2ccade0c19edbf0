import { readFile } from 'node:fs/promises';
import { getText, type HttpOptions } from './http.ts';
import { cloudRegionById } from './regions.ts';

type Provider = 'aws' | 'gcp' | 'azure';

/**
 * What the firmware says of the maker of the machine, by which images know where they run (systemd, detect-virt;
 * cloud-init, ds-identify): Amazon's, Google's, and Microsoft's asset tag, which its desktop hypervisor has not.
 */
const FIRMWARE: readonly (readonly [file: string, pattern: RegExp, provider: Provider])[] = [
  ['sys_vendor', /^Amazon EC2/, 'aws'],
  ['bios_vendor', /^Amazon EC2/, 'aws'],
  ['product_name', /^Google Compute Engine/, 'gcp'],
  ['chassis_asset_tag', /^7783-7084-3265-9085-8269-3286-77/, 'azure'],
];

/**
 * Variables that only a provider's own services set (AWS Lambda and ECS, SageMaker; Cloud Run, Vertex AI; Azure App
 * Service, Azure ML). `AWS_REGION` alone is no sign: people set it on their laptops.
 */
const SERVICE_SIGNS: readonly (readonly [name: string, provider: Provider])[] = [
  ['AWS_EXECUTION_ENV', 'aws'],
  ['ECS_CONTAINER_METADATA_URI_V4', 'aws'],
  ['SM_TRAINING_ENV', 'aws'],
  ['K_SERVICE', 'gcp'],
  ['CLOUD_ML_JOB_ID', 'gcp'],
  ['WEBSITE_INSTANCE_ID', 'azure'],
  ['AZUREML_RUN_ID', 'azure'],
];

const REGION_NAMES: Readonly<Record<Provider, readonly string[]>> = {
  aws: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
  gcp: ['GOOGLE_CLOUD_REGION', 'CLOUD_ML_REGION', 'CLOUDSDK_COMPUTE_REGION', 'GCP_REGION'],
  azure: ['AZURE_REGION', 'AZURE_LOCATION', 'REGION_NAME'],
};

/** What the machine tells of itself, without a request. */
export interface MachineSigns {
  readonly provider: Provider | null;
  /** `aws:eu-north-1`; null where the environment names none that is known. */
  readonly region: string | null;
}

/** @param firmwareFolder of the kernel's DMI tables (Linux, Documentation/ABI/testing/sysfs-firmware-dmi-tables) */
export async function machineSigns(
  environment: NodeJS.ProcessEnv,
  firmwareFolder = '/sys/class/dmi/id',
): Promise<MachineSigns> {
  const service = SERVICE_SIGNS.find(([name]) => environment[name]);
  const provider = service?.[1] ?? (await firmwareProvider(firmwareFolder));
  if (!provider) return { provider: null, region: null };
  const named = REGION_NAMES[provider].map((name) => environment[name]).find(Boolean);
  return { provider, region: regionId(provider, named ?? '') };
}

async function firmwareProvider(folder: string): Promise<Provider | null> {
  for (const [file, pattern, provider] of FIRMWARE) {
    const text = await readFile(`${folder}/${file}`, 'utf8').catch(() => '');
    if (pattern.test(text)) return provider;
  }
  return null;
}

function regionId(provider: Provider, name: string): string | null {
  // Azure writes “West Europe” for westeurope in places
  const id = `${provider}:${name.toLowerCase().replaceAll(' ', '')}`;
  return cloudRegionById(id)?.id ?? null;
}

/** The link-local address of all three, and the name by which Google documents its own. */
const METADATA = 'http://169.254.169.254';

/**
 * The region by the provider's instance metadata service, which answers within the machine: one request, or two for
 * AWS. AWS: EC2 User Guide, IMDSv2; Google: Compute Engine, “View and query VM metadata”; Azure: “Instance Metadata
 * Service”, api-version 2021-02-01.
 *
 * @returns null where it does not answer, or with a region that is not known
 */
export async function metadataRegion(
  provider: Provider,
  options: HttpOptions,
  base = METADATA,
): Promise<string | null> {
  const ask = async (path: string, headers: Record<string, string>, method: 'GET' | 'PUT' = 'GET') =>
    (await getText({ url: base + path, headers, method }, null, { ...options, deadlineMillis: 2000 })).text ??
    '';
  try {
    switch (provider) {
      case 'aws': {
        const token = await ask('/latest/api/token', { 'x-aws-ec2-metadata-token-ttl-seconds': '60' }, 'PUT');
        const headers = { 'x-aws-ec2-metadata-token': token.trim() };
        return regionId(provider, (await ask('/latest/meta-data/placement/region', headers)).trim());
      }
      case 'gcp': {
        const zone = await ask('/computeMetadata/v1/instance/zone', { 'metadata-flavor': 'Google' });
        return regionId(provider, (zone.trim().split('/').at(-1) ?? '').replace(/-[a-z]$/, ''));
      }
      case 'azure': {
        const path = '/metadata/instance/compute/location?api-version=2021-02-01&format=text';
        return regionId(provider, (await ask(path, { metadata: 'true' })).trim());
      }
    }
  } catch {
    return null;
  }
}
