// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {IShares} from "./IShares.sol";

/**
 * @notice What a model's DAO starts with. Only a vote changes it.
 * @param votingDelay Seconds between a proposal and the moment at which votes are counted.
 * @param votingPeriod Seconds in which votes are cast, from then on. Above 0.
 * @param lateQuorumExtension Seconds of voting that are left, at least, when the quorum is reached. At most
 * `votingPeriod`.
 * @param proposalThreshold Shares, in units, whose votes a proposer needs.
 * @param quorumPercent Part of the supply, in 1/100, that must vote for or abstain.
 * @param timelockDelay Seconds between queueing and execution of what was voted.
 */
struct GovernanceSettings {
    uint48 votingDelay;
    uint32 votingPeriod;
    uint48 lateQuorumExtension;
    uint256 proposalThreshold;
    uint256 quorumPercent;
    uint256 timelockDelay;
}

/**
 * @notice What a model is made of.
 * @param weightsHash Hash of the weights.
 * @param licenceHash Hash of the licence's text.
 * @param datasetsRoot Merkle root of the hashes of the datasets that the model was trained on.
 * @param metadataURI Where people and programs read more.
 */
struct Manifest {
    bytes32 weightsHash;
    bytes32 licenceHash;
    bytes32 datasetsRoot;
    string metadataURI;
}

/**
 * @notice One contributor of a model.
 * @param account Who contributed.
 * @param role What, in the DAO's words.
 * @param weight How much, relative to the others of the roster. It pays nobody: shares do.
 */
struct Contributor {
    address account;
    string role;
    uint256 weight;
}

/**
 * @title Model registry
 * @notice Where the DAO of each model publishes, and where anybody verifies how a model is governed.
 * @dev A model is named by its `Shares`. Deployment goes part by part, because a contract that carries the code of a
 * governor is too large: deploy the shares, `createGovernor`, hand the shares' ownership to the governor's timelock,
 * `register`. No step gives anyone a right that must be renounced later, but for the ownership of the shares.
 *
 * What is published is never changed: each version is kept by its hash, and its content is in the event.
 *
 * Trust: the registry has no owner. It proves that nobody but the votes of a model's shares acts as its owner. It does
 * not prove that `model` is a genuine `Shares`, nor that the settings are wise, nor what was voted and queued before:
 * those who held the votes may have left a passed proposal to be executed later, which is public. Nor does it prove
 * that what a DAO publishes is true.
 */
interface IModelRegistry {
    /* ------------------------------------------------ EVENTS ------------------------------------------------ */

    /// @notice A governor that votes with `model`, and its timelock, exist. The model need not be theirs yet.
    event GovernorCreated(address indexed model, address indexed governor, address timelock);

    /// @notice `model` is governed by `governor` through `timelock`, and by nobody else.
    event ModelRegistered(address indexed model, address indexed governor, address timelock);

    /// @notice The owner of `model` published its manifest number `version`; `hash` is of the ABI-encoded manifest.
    event ManifestPublished(
        address indexed model, uint256 indexed version, bytes32 hash, address publisher, Manifest manifest
    );

    /// @notice The owner of `model` published its roster number `version`; `hash` is of the ABI-encoded contributors.
    event RosterPublished(
        address indexed model, uint256 indexed version, bytes32 hash, address publisher, Contributor[] contributors
    );

    /* ------------------------------------------------ ERRORS ------------------------------------------------ */

    /// @notice The code is not that of `ModelGovernor`.
    error ModelRegistry_WrongCode(bytes32 expected, bytes32 actual);

    /// @notice The governor was not created here, so that nobody knows its code.
    error ModelRegistry_UnknownGovernor(address governor);

    /// @notice The governor votes with other shares than the model's.
    error ModelRegistry_WrongShares(address expected, address actual);

    /// @notice The governor acts through another timelock than the one that it was created with.
    error ModelRegistry_WrongTimelock(address expected, address actual);

    /// @notice The owner of the model is not the governor's timelock.
    error ModelRegistry_WrongOwner(address expected, address actual);

    /// @notice A role of the timelock is not held by `expected` alone; it has `members`.
    error ModelRegistry_WrongRole(bytes32 role, address expected, uint256 members);

    /// @notice The model is registered with this governor.
    error ModelRegistry_AlreadyRegistered(address model, address governor);

    /// @notice The model was never registered.
    error ModelRegistry_UnknownModel(address model);

    /// @notice Only the owner of a model publishes for it.
    error ModelRegistry_NotModelOwner(address expected, address actual);

    /* ---------------------------------------------- GOVERNANCE ---------------------------------------------- */

    /**
     * @notice Creates a governor that votes with `model`, with its timelock. Anyone may call, and gets no right.
     * @dev Its address follows from the arguments alone. Reverts with `ModelRegistry_WrongCode`, with the governor's
     * own errors for bad settings, or with OpenZeppelin's `FailedDeployment` if the same was created before.
     * @param model The model's `Shares`.
     * @param settings What the DAO starts with.
     * @param salt Tells governors of the same model and settings apart.
     * @param creationCode Creation code of `ModelGovernor` without constructor arguments, whose hash is
     * `governorCodeHash`. It comes with the call, since no contract has room for it.
     * @return governor The governor; `ModelGovernor.timelock` names its timelock.
     */
    function createGovernor(
        IShares model,
        GovernanceSettings calldata settings,
        bytes32 salt,
        bytes calldata creationCode
    ) external returns (IGovernor governor);

    /**
     * @notice Records that `model` is governed by `governor`, if `verify` would agree. Anyone may call.
     * @dev A model whose DAO moved to another governor may be registered again. Reverts with
     * `ModelRegistry_AlreadyRegistered`, `ModelRegistry_UnknownGovernor`, `ModelRegistry_WrongShares`,
     * `ModelRegistry_WrongTimelock`, `ModelRegistry_WrongOwner` or `ModelRegistry_WrongRole`.
     * @param model The model's `Shares`.
     * @param governor Created by `createGovernor`.
     */
    function register(IShares model, IGovernor governor) external;

    /**
     * @notice Proves, as of now, that `model` is governed as it was registered: its owner is a timelock that nobody but
     * a `ModelGovernor` proposes to, cancels or executes in, that nobody but itself administers, and whose governor
     * votes with the model's shares.
     * @dev Reverts like `register` when that is no longer so, or with `ModelRegistry_UnknownModel`.
     * @param model The model's `Shares`.
     * @return governor The model's governor.
     * @return timelock The owner of the model: what holds the DAO's treasury and acts for it.
     */
    function verify(IShares model) external view returns (IGovernor governor, TimelockController timelock);

    /**
     * @notice Hash of the creation code of `ModelGovernor`, without constructor arguments.
     * @return Keccak-256, for ever the same.
     */
    function governorCodeHash() external view returns (bytes32);

    /* ---------------------------------------------- PUBLISHING ---------------------------------------------- */

    /**
     * @notice Publishes the next version of a model's manifest.
     * @dev The caller must be the owner of `model`. Reverts with `ModelRegistry_NotModelOwner`.
     * @param model The model's `Shares`.
     * @param manifest What the model is made of from now on.
     * @return version Its number, from 1 on.
     */
    function publishManifest(IShares model, Manifest calldata manifest) external returns (uint256 version);

    /**
     * @notice Publishes the next version of a model's roster of contributors.
     * @dev The caller must be the owner of `model`. Reverts with `ModelRegistry_NotModelOwner`.
     * @param model The model's `Shares`.
     * @param contributors All of them, not the changes. May be empty.
     * @return version Its number, from 1 on.
     */
    function publishRoster(IShares model, Contributor[] calldata contributors) external returns (uint256 version);

    /**
     * @notice Number of the latest manifest of `model`.
     * @param model The model's `Shares`.
     * @return From 1 on; 0 if none was published.
     */
    function manifestVersion(address model) external view returns (uint256);

    /**
     * @notice Keccak-256 of the ABI-encoded `Manifest` of a version.
     * @param model The model's `Shares`.
     * @param version From 1 on.
     * @return The hash; 0 if there is no such version.
     */
    function manifestHash(address model, uint256 version) external view returns (bytes32);

    /**
     * @notice Number of the latest roster of `model`.
     * @param model The model's `Shares`.
     * @return From 1 on; 0 if none was published.
     */
    function rosterVersion(address model) external view returns (uint256);

    /**
     * @notice Keccak-256 of the ABI-encoded `Contributor[]` of a version.
     * @param model The model's `Shares`.
     * @param version From 1 on.
     * @return The hash; 0 if there is no such version.
     */
    function rosterHash(address model, uint256 version) external view returns (bytes32);
}
