// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {Settlement} from "../../contracts/libraries/Settlement.sol";
import {SignedPurchases} from "./SignedPurchases.sol";
import {typedDataHash} from "./typedData.sol";
import {VM} from "./Vm.sol";

/// @notice When a chain forks, and one branch takes another id, every message stays on the branch that it was signed for.
contract ChainForkTest is SignedPurchases {
    /// hardhat-config: fuzz.runs = 32
    function testFuzz_takesWhatIsSignedForTheChainItIsOn(uint64 id) public {
        uint256 fork = _forked(id);
        bytes4[14] memory messages = _messages();
        for (uint256 i; i < messages.length; ++i) {
            require(!_taken(messages[i], fork, 1), "taken before the fork");
            VM.chainId(fork);
            require(!_taken(messages[i], _firstChain, 0), "taken on the other branch");
            require(_taken(messages[i], fork, 1), "refused on its branch");
            VM.chainId(_firstChain);
            require(_taken(messages[i], _firstChain, 0), "refused where nothing changed");
        }
    }

    /// @notice What wallets ask for (ERC-5267), and what is signed, follow the chain's id.
    function testFuzz_saysWhichChainItIsOn(uint64 id) public {
        uint256 fork = _forked(id);
        VM.chainId(fork);
        address[5] memory contracts =
            [address(_credits), address(_shares), address(_governor), address(_bond), address(_token)];
        for (uint256 i; i < contracts.length; ++i) {
            (,,, uint256 chain, address verifyingContract,,) = IERC5267(contracts[i]).eip712Domain();
            require(chain == fork && verifyingContract == contracts[i], "domain");
        }
        bytes32 voucher = Settlement.voucherHash("session", 1, "head");
        bytes32 digest = typedDataHash("Joulemint Credits", fork, address(_credits), voucher);
        require(_credits.voucherDigest("session", 1, "head") == digest, "digest");
    }

    /// @dev Any id but that of the chain that forks.
    function _forked(uint64 id) private view returns (uint256) {
        return id == _firstChain || id == 0 ? _firstChain + 1 : id;
    }
}
