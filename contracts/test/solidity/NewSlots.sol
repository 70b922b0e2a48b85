// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {VM, Vm} from "./Vm.sol";

/// @notice Storage slots that were filled for the first time since `VM.startStateDiffRecording`.
library NewSlots {
    /// @notice Those of two contracts; the recording ends.
    function count(address one, address other) internal returns (uint256 slots) {
        Vm.AccountAccess[] memory calls = VM.stopAndReturnStateDiff();
        for (uint256 i; i < calls.length; ++i) {
            for (uint256 j; j < calls[i].storageAccesses.length; ++j) {
                Vm.StorageAccess memory access = calls[i].storageAccesses[j];
                if (access.account != one && access.account != other) continue;
                if (access.isWrite && !access.reverted && access.previousValue == 0 && access.newValue != 0) ++slots;
            }
        }
    }
}
