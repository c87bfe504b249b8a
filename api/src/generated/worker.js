// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const EnvironmentInfo_Runtime_RuntimeType = {
  UNSPECIFIED: 0,
  JVM: 1,
  CPYTHON: 2,
  NODE: 3,
  BUN: 4,
  CRUBY: 5,
  GO: 6,
  DOTNET_FRAMEWORK: 7,
  DOTNET_CORE: 8,
  NATIVE: 9,
  ROADRUNNER: 10,
};

export const EnvironmentInfo_HostingEnvironment_HostingEnvironmentType = {
  UNSPECIFIED: 0,
  DOCKER: 1,
  K8S: 2,
  AWS_LAMBDA: 3,
  AWS_ECS: 4,
  GOOGLE_CLOUD_RUN: 6,
  GOOGLE_APP_ENGINE: 7,
  AZURE_APP_SERVICE: 8,
  AZURE_FUNCTIONS: 9,
  AZURE_CONTAINER_APPS: 10,
};

export const EnvironmentInfo_Architecture = {
  UNSPECIFIED: 0,
  AMD64: 1,
  ARM64: 2,
};

export const EnvironmentInfo_LinuxPlatform_Libc = {
  UNSPECIFIED: 0,
  GLIBC: 1,
  MUSL: 2,
};

export const EnvironmentInfo_WindowsPlatform_Crt = {
  UNSPECIFIED: 0,
  UCRT: 1,
  MSVCRT: 2,
  MINGW: 3,
  CYGWIN: 4,
};

export const WorkerPollerInfo = codec('temporal.api.worker.v1.WorkerPollerInfo');

export const WorkerSlotsInfo = codec('temporal.api.worker.v1.WorkerSlotsInfo');

export const WorkerHostInfo = codec('temporal.api.worker.v1.WorkerHostInfo');

export const WorkerHeartbeat = codec('temporal.api.worker.v1.WorkerHeartbeat');

export const WorkerInfo = codec('temporal.api.worker.v1.WorkerInfo');

export const WorkerListInfo = codec('temporal.api.worker.v1.WorkerListInfo');

export const PluginInfo = codec('temporal.api.worker.v1.PluginInfo');

export const StorageDriverInfo = codec('temporal.api.worker.v1.StorageDriverInfo');

export const EnvironmentInfo = codec('temporal.api.worker.v1.EnvironmentInfo');

export const EnvironmentInfo_Runtime = codec('temporal.api.worker.v1.EnvironmentInfo.Runtime');

export const EnvironmentInfo_HostingEnvironment = codec('temporal.api.worker.v1.EnvironmentInfo.HostingEnvironment');

export const EnvironmentInfo_Platform = codec('temporal.api.worker.v1.EnvironmentInfo.Platform');

export const EnvironmentInfo_LinuxPlatform = codec('temporal.api.worker.v1.EnvironmentInfo.LinuxPlatform');

export const EnvironmentInfo_MacOSPlatform = codec('temporal.api.worker.v1.EnvironmentInfo.MacOSPlatform');

export const EnvironmentInfo_WindowsPlatform = codec('temporal.api.worker.v1.EnvironmentInfo.WindowsPlatform');
