// A cluster for the operator, and what it is in Azure: an identity that the cluster's service account signs in as, with the operator's role on the apps and Storage Blob Data Contributor on the archives.
@description('Name of the AKS cluster.')
param clusterName string

@description('Name of the operator\'s identity.')
param identityName string

@description('Storage account of the archives.')
param archivesAccountName string

@description('Blob container of the archives.')
param containerName string

@description('Azure region.')
param location string

@description('Tags of all resources.')
param tags object

resource cluster 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: clusterName
  location: location
  tags: tags
  identity: {
    type: 'SystemAssigned'
  }
  sku: {
    name: 'Base'
    tier: 'Free'
  }
  properties: {
    dnsPrefix: clusterName
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        count: 1
        vmSize: 'Standard_B2s'
        osType: 'Linux'
      }
    ]
    oidcIssuerProfile: {
      enabled: true
    }
    securityProfile: {
      workloadIdentity: {
        enabled: true
      }
    }
  }
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: identityName
  location: location
  tags: tags
}

resource credential 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31' = {
  parent: identity
  name: 'jellykeep-operator'
  properties: {
    audiences: [
      'api://AzureADTokenExchange'
    ]
    issuer: cluster.properties.oidcIssuerProfile.issuerURL
    subject: 'system:serviceaccount:jellykeep:jellykeep-operator'
  }
}

module access 'operator-access.bicep' = {
  name: 'jellykeep-operator-access'
  params: {
    principalId: identity.properties.principalId
    archivesAccountName: archivesAccountName
    containerName: containerName
  }
}

output clusterName string = cluster.name
output clientId string = identity.properties.clientId
