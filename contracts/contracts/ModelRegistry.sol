// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";
import {ModelGovernor} from "./ModelGovernor.sol";
import {ModelTimelock} from "./ModelTimelock.sol";
import {Contributor, GovernanceSettings, IModelRegistry, Manifest} from "./interfaces/IModelRegistry.sol";
import {IShares} from "./interfaces/IShares.sol";

/**
 * @title ModelRegistry
 * @notice Proves how models are governed, and keeps what their DAOs publish. `IModelRegistry` says what each function
 * promises.
 * @dev Calls nothing but views and the constructor of a governor, whose code is known: nothing can reenter.
 */
contract ModelRegistry is IModelRegistry {
    /// @inheritdoc IModelRegistry
    bytes32 public immutable override governorCodeHash = keccak256(type(ModelGovernor).creationCode);

    /// @dev The timelock that a governor was created with. Zero: the governor was not created here.
    mapping(address governor => ModelTimelock timelock) private _timelocks;
    mapping(address model => address governor) private _governors;

    /// @inheritdoc IModelRegistry
    mapping(address model => uint256 version) public override manifestVersion;
    /// @inheritdoc IModelRegistry
    mapping(address model => mapping(uint256 version => bytes32)) public override manifestHash;
    /// @inheritdoc IModelRegistry
    mapping(address model => uint256 version) public override rosterVersion;
    /// @inheritdoc IModelRegistry
    mapping(address model => mapping(uint256 version => bytes32)) public override rosterHash;

    /* ----------------------------------------------- GOVERNANCE ---------------------------------------------- */

    /// @inheritdoc IModelRegistry
    function createGovernor(
        IShares model,
        GovernanceSettings calldata settings,
        bytes32 salt,
        bytes calldata creationCode
    ) external returns (IGovernor) {
        bytes32 codeHash = keccak256(creationCode);
        if (codeHash != governorCodeHash) revert ModelRegistry_WrongCode(governorCodeHash, codeHash);
        bytes memory deployment = bytes.concat(creationCode, abi.encode(model, settings));
        ModelGovernor governor = ModelGovernor(payable(Create2.deploy(0, salt, deployment)));
        ModelTimelock timelock = ModelTimelock(payable(governor.timelock()));

        _timelocks[address(governor)] = timelock;
        emit GovernorCreated(address(model), address(governor), address(timelock));
        return governor;
    }

    /// @inheritdoc IModelRegistry
    function register(IShares model, IGovernor governor) external {
        ModelTimelock timelock = _verify(address(model), address(governor));
        if (_governors[address(model)] == address(governor)) {
            revert ModelRegistry_AlreadyRegistered(address(model), address(governor));
        }

        _governors[address(model)] = address(governor);
        emit ModelRegistered(address(model), address(governor), address(timelock));
    }

    /// @inheritdoc IModelRegistry
    function verify(IShares model) external view returns (IGovernor governor, TimelockController timelock) {
        governor = IGovernor(_governors[address(model)]);
        if (address(governor) == address(0)) revert ModelRegistry_UnknownModel(address(model));
        timelock = _verify(address(model), address(governor));
    }

    /// @dev The code of governor and timelock is known from their creation here: their answers can be believed.
    function _verify(address model, address governor) private view returns (ModelTimelock timelock) {
        timelock = _timelocks[governor];
        if (address(timelock) == address(0)) revert ModelRegistry_UnknownGovernor(governor);
        address shares = address(ModelGovernor(payable(governor)).token());
        if (shares != model) revert ModelRegistry_WrongShares(model, shares);
        address current = ModelGovernor(payable(governor)).timelock();
        if (current != address(timelock)) revert ModelRegistry_WrongTimelock(address(timelock), current);
        address owner = Ownable(model).owner();
        if (owner != address(timelock)) revert ModelRegistry_WrongOwner(address(timelock), owner);
        _checkRole(timelock, timelock.DEFAULT_ADMIN_ROLE(), address(timelock));
        _checkRole(timelock, timelock.PROPOSER_ROLE(), governor);
        _checkRole(timelock, timelock.CANCELLER_ROLE(), governor);
        _checkRole(timelock, timelock.EXECUTOR_ROLE(), governor);
    }

    function _checkRole(ModelTimelock timelock, bytes32 role, address expected) private view {
        uint256 members = timelock.getRoleMemberCount(role);
        if (members != 1 || !timelock.hasRole(role, expected)) {
            revert ModelRegistry_WrongRole(role, expected, members);
        }
    }

    /* ----------------------------------------------- PUBLISHING ---------------------------------------------- */

    /// @inheritdoc IModelRegistry
    function publishManifest(IShares model, Manifest calldata manifest) external returns (uint256 version) {
        _checkOwner(model);
        bytes32 hash = keccak256(abi.encode(manifest));
        version = ++manifestVersion[address(model)];
        manifestHash[address(model)][version] = hash;
        emit ManifestPublished(address(model), version, hash, msg.sender, manifest);
    }

    /// @inheritdoc IModelRegistry
    function publishRoster(IShares model, Contributor[] calldata contributors) external returns (uint256 version) {
        _checkOwner(model);
        bytes32 hash = keccak256(abi.encode(contributors));
        version = ++rosterVersion[address(model)];
        rosterHash[address(model)][version] = hash;
        emit RosterPublished(address(model), version, hash, msg.sender, contributors);
    }

    function _checkOwner(IShares model) private view {
        address owner = Ownable(address(model)).owner();
        if (msg.sender != owner) revert ModelRegistry_NotModelOwner(owner, msg.sender);
    }
}
